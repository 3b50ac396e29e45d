"""What a rule can be called on, and the names under which its expressions reach the subject and its surroundings."""

from __future__ import annotations

from collections.abc import Mapping

from pipecheck.model.bucket import Bucket
from pipecheck.model.build_project import BuildProject
from pipecheck.model.key import Key
from pipecheck.model.log_group import LogGroup
from pipecheck.model.pipeline import Action, ArtifactStore, Pipeline, Stage
from pipecheck.model.repository import Repository
from pipecheck.model.role import Role
from pipecheck.model.suppression import Suppression
from pipecheck.model.webhook import Webhook

KINDS: Mapping[str, Mapping[str, type]] = {
    "pipeline": {"pipeline": Pipeline},
    "stage": {"pipeline": Pipeline, "stage": Stage},
    "action": {"pipeline": Pipeline, "stage": Stage, "action": Action},
    "artifact_store": {"pipeline": Pipeline, "store": ArtifactStore},
    "artifact_bucket": {"bucket": Bucket},
    "artifact_key": {"key": Key},
    "pipeline_bucket": {"bucket": Bucket},
    "role": {"role": Role},
    "execution_role": {"role": Role},
    "build_project": {"project": BuildProject},
    "webhook": {"webhook": Webhook},
    "repository": {"repository": Repository},
    "log_group": {"group": LogGroup},
    "suppression": {"suppression": Suppression},
}
"""Each kind with its variables and their classes.

An artifact bucket is one that holds a pipeline's artifacts, an artifact key one that encrypts them; a pipeline bucket
holds artifacts or sources of a pipeline, or the cache, logs or results of one of its builds. A role is one that a
pipeline or one of its builds uses, an execution role one that CloudFormation deploys with for it and that is not such
a role. A repository is one that an action of a pipeline publishes images to or takes them from, a log group one that
a pipeline or a build project writes to. A suppression is a place where findings are accepted.
"""
