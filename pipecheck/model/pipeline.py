"""A pipeline as plain data: stages in order, their actions, what flows between them and who runs them.

Shapes and limits: https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html
"""

from __future__ import annotations

from pipecheck.model.buildspec import Buildspec
from pipecheck.model.conditions import Conditions
from pipecheck.model.environment import EnvironmentVariable
from pipecheck.model.settings import Settings
from pipecheck.model.stage_condition import StageCondition
from pipecheck.model.tag import Tag
from pipecheck.model.trigger import Trigger
from pipecheck.values import Items, Place, Value
from pipecheck.values.record import record


@record
class EncryptionKey:
    """The key an artifact store names: `id` is a key id, ARN or alias; `type` is KMS."""

    id: Value[str]
    type: Value[str]
    place: Place


@record
class ArtifactStore:
    """Where the artifacts of one region are kept. `region` is absent for the single store of a pipeline."""

    type: Value[str]
    location: Value[str]
    encryption_key: Value[EncryptionKey]
    region: Value[str]
    place: Place


@record
class OutputArtifact:
    """What an action hands on. `files` are the paths that a Commands action exports in it."""

    name: Value[str]
    files: Items[Value[str]]
    place: Place


@record
class Action:
    """One action. `run_order` 1–999: equal numbers run side by side; the default is 1.

    `commands` are those of a Commands action, one line of shell each; `output_variables` the variables it exports.
    `buildspec` is what a build runs here in place of its project's own; absent where it runs that.
    `timeout_minutes` is absent where the action has the time of its kind, which only approvals can change.
    """

    name: Value[str]
    category: Value[str]
    owner: Value[str]
    provider: Value[str]
    version: Value[str]
    run_order: Value[int]
    configuration: Settings
    commands: Items[Value[str]]
    environment_variables: Items[EnvironmentVariable]
    buildspec: Value[Buildspec]
    input_artifacts: Items[Value[str]]
    output_artifacts: Items[OutputArtifact]
    output_variables: Items[Value[str]]
    role_arn: Value[str]
    region: Value[str]
    namespace: Value[str]
    timeout_minutes: Value[int]
    place: Place


@record
class Stage:
    """A stage; its actions start only after every earlier stage has succeeded.

    `failure_result` is what happens when the stage fails, beside the conditions `on_failure`: ROLLBACK, or RETRY,
    of FAILED_ACTIONS or ALL_ACTIONS as `retry_mode` says. Absent: the execution stops there.
    """

    name: Value[str]
    actions: Items[Action]
    before_entry: Items[StageCondition]
    on_success: Items[StageCondition]
    on_failure: Items[StageCondition]
    failure_result: Value[str]
    retry_mode: Value[str]
    place: Place


@record
class PipelineVariable:
    """A variable of the pipeline, which whoever starts an execution can set."""

    name: Value[str]
    default: Value[str]
    description: Value[str]
    place: Place


@record
class DisabledTransition:
    """A stage that nothing enters, and the reason given for it.

    The API tells it apart from the pipeline's structure, as the state of the pipeline.
    """

    stage: Value[str]
    reason: Value[str]
    place: Place


@record
class Pipeline:
    """A pipeline. `conditions` are those of the definition it stands in; guards of members speak of them.

    `region` and `account` are where it runs: those of the deployed stack, or of the ARN that AWS returned with it.
    `type` is V1 or V2; where it is absent, AWS makes it V2 if the definition holds anything that only V2 has
    (https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PipelineDeclaration.html). `execution_mode` is
    SUPERSEDED, QUEUED or PARALLEL. `polling_disabled_at` is when AWS stopped polling the sources, where it says so.
    """

    name: Value[str]
    region: Value[str]
    account: Value[str]
    role_arn: Value[str]
    type: Value[str]
    execution_mode: Value[str]
    artifact_stores: Items[ArtifactStore]
    stages: Items[Stage]
    variables: Items[PipelineVariable]
    triggers: Items[Trigger]
    disabled_transitions: Items[DisabledTransition]
    tags: Items[Tag]
    polling_disabled_at: Value[str]
    conditions: Conditions
    place: Place
