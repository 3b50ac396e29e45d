"""A pipeline as plain data: stages in order, their actions, what flows between them and who runs them.

Shapes and limits: https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html
"""

from __future__ import annotations

from pipecheck.model.buildspec import Buildspec
from pipecheck.model.conditions import Conditions
from pipecheck.model.environment import EnvironmentVariable
from pipecheck.model.settings import Settings
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
class ConditionRule:
    """One rule of a stage condition; `provider` is CloudWatchAlarm, LambdaInvoke, VariableCheck …"""

    name: Value[str]
    provider: Value[str]
    role_arn: Value[str]
    place: Place


@record
class StageCondition:
    """A condition of a stage: what happens (`result`) when its rules are not met.

    https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-conditions.html
    """

    result: Value[str]
    rules: Items[ConditionRule]
    place: Place


@record
class Action:
    """One action. `run_order` 1–999: equal numbers run side by side; the default is 1.

    `buildspec` is what a build runs here in place of its project's own; absent where it runs that.
    """

    name: Value[str]
    category: Value[str]
    owner: Value[str]
    provider: Value[str]
    version: Value[str]
    run_order: Value[int]
    configuration: Settings
    environment_variables: Items[EnvironmentVariable]
    buildspec: Value[Buildspec]
    input_artifacts: Items[Value[str]]
    output_artifacts: Items[Value[str]]
    role_arn: Value[str]
    region: Value[str]
    namespace: Value[str]
    place: Place


@record
class Stage:
    """A stage; its actions start only after every earlier stage has succeeded."""

    name: Value[str]
    actions: Items[Action]
    before_entry: Items[StageCondition]
    on_success: Items[StageCondition]
    on_failure: Items[StageCondition]
    place: Place


@record
class Pipeline:
    """A pipeline. `conditions` are those of the definition it stands in; guards of members speak of them.

    `region` and `account` are where it runs: those of the deployed stack, or of the ARN that AWS returned with it.
    """

    name: Value[str]
    region: Value[str]
    account: Value[str]
    role_arn: Value[str]
    artifact_stores: Items[ArtifactStore]
    stages: Items[Stage]
    conditions: Conditions
    place: Place
