"""A build specification: what a build does, phase by phase.

Structure only: what the commands mean is not looked at here.
https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
"""

from __future__ import annotations

from pipecheck.model.settings import Settings
from pipecheck.values import Items, Place, Value
from pipecheck.values.record import record

PHASES = ("install", "pre_build", "build", "post_build")
"""The phases that run commands, in their order."""

ENV_KEYS = ("shell", "variables", "parameter-store", "exported-variables", "secrets-manager", "git-credential-helper")
"""The keys that `env` may have."""


@record
class Phase:
    """One phase. `name` is as written; others than `PHASES` never run.

    Each command is one text, which may have many lines; its place is its first line. `on_failure` is ABORT,
    CONTINUE, RETRY …; `runtimes` are the runtime versions that the install phase asks for.
    """

    name: str
    commands: Items[Value[str]]
    finally_commands: Items[Value[str]]
    on_failure: Value[str]
    run_as: Value[str]
    runtimes: Settings
    place: Place


@record
class BuildspecArtifacts:
    """Files that leave the build. `name` names a secondary artifact; absent for the primary one."""

    identifier: Value[str]
    name: Value[str]
    files: Items[Value[str]]
    base_directory: Value[str]
    discard_paths: Value[str]
    place: Place


@record
class BuildReport:
    """Results of tests that are sent to a report group, which `group` names or is the ARN of."""

    group: Value[str]
    files: Items[Value[str]]
    file_format: Value[str]
    base_directory: Value[str]
    place: Place


@record
class BatchEntry:
    """One task of a batch. `buildspec` is as written: a path, a text, or absent for the one it stands in."""

    identifier: Value[str]
    buildspec: Value[str]
    ignore_failure: Value[bool]
    debug_session: Value[bool]
    privileged: Value[bool]
    image: Value[str]
    variables: Settings
    depends_on: Items[Value[str]]
    place: Place


@record
class Batch:
    """Many builds as one. `kind` is build-list, build-graph, build-matrix or build-fanout, as far as it is known.

    A matrix and a fan-out have no entries of their own: `ignore_failure` is said of all that they run, and
    `buildspecs` are those that a matrix runs.
    https://docs.aws.amazon.com/codebuild/latest/userguide/batch-build-buildspec.html
    """

    kind: Value[str]
    fast_fail: Value[bool]
    ignore_failure: Value[bool]
    entries: Items[BatchEntry]
    buildspecs: Items[Value[str]]
    place: Place


@record
class Buildspec:
    """A build specification.

    `shell` is sh where it is absent, PowerShell on Windows. `variables` hold plain texts, `parameter_store` and
    `secrets_manager` names of what is read when the build runs. `exported_variables` are handed on to the pipeline.
    `env_keys` are the keys of `env` as they are written, of which others than `ENV_KEYS` mean nothing.
    """

    version: Value[str]
    run_as: Value[str]
    shell: Value[str]
    env_keys: Items[Value[str]]
    variables: Settings
    parameter_store: Settings
    secrets_manager: Settings
    exported_variables: Items[Value[str]]
    git_credential_helper: Value[str]
    phases: Items[Phase]
    artifacts: Items[BuildspecArtifacts]
    reports: Items[BuildReport]
    batch: Value[Batch]
    cache_paths: Items[Value[str]]
    place: Place
