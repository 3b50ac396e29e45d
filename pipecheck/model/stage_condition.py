"""Conditions of a stage: rules that are asked before it starts, after it has succeeded or when it has failed.

https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-conditions.html
"""

from __future__ import annotations

from pipecheck.model.settings import Settings
from pipecheck.values import Items, Place, Value
from pipecheck.values.record import record


@record
class ConditionRule:
    """One rule of a stage condition; `provider` is CloudWatchAlarm, LambdaInvoke, VariableCheck …

    `commands` are those of a Commands rule; `timeout_minutes` is absent where the rule has the time of its kind.
    """

    name: Value[str]
    category: Value[str]
    owner: Value[str]
    provider: Value[str]
    version: Value[str]
    configuration: Settings
    commands: Items[Value[str]]
    input_artifacts: Items[Value[str]]
    role_arn: Value[str]
    region: Value[str]
    timeout_minutes: Value[int]
    place: Place


@record
class StageCondition:
    """A condition of a stage: what happens (`result`) when its rules are not met.

    `result` is FAIL or SKIP before entry, FAIL or ROLLBACK on success, ROLLBACK on failure.
    """

    result: Value[str]
    rules: Items[ConditionRule]
    place: Place
