"""Conditions of a stage and the commands that their rules and actions run."""

from __future__ import annotations

from pipecheck.loaders.decode.part import Part
from pipecheck.loaders.decode.settings import decode_settings, runtime
from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node, element_text
from pipecheck.model.stage_condition import ConditionRule, StageCondition
from pipecheck.values import Absent, Items, Value


def decode_conditions(slot: Part, names: Names) -> Items[StageCondition]:
    """The conditions of one slot of a stage: before entry, on success or on failure."""
    return slot.items(names["slot.conditions"]).each(lambda condition: _condition(condition, names))


def decode_commands(node: Node, key: str) -> Items[Value[str]]:
    """The commands listed under `key`, in which variables of the pipeline's run are unknown."""
    return node.items(key).each(lambda command: runtime(element_text(command), command.place))


def decode_artifact_names(node: Node, key: str, names: Names) -> Items[Value[str]]:
    """The names of the artifacts listed under `key`."""
    return node.items(key).each(lambda artifact: artifact.text(names["artifact.name"]))


def _condition(node: Node, names: Names) -> StageCondition:
    return StageCondition(
        result=node.text(names["condition.result"]),
        rules=node.items(names["condition.rules"]).each(lambda rule: _rule(rule, names)),
        place=node.head,
    )


def _rule(node: Node, names: Names) -> ConditionRule:
    kind = Part(node.get(names["rule.rule_type_id"]))
    timeout = names.get("rule.timeout_minutes")
    return ConditionRule(
        name=node.text(names["rule.name"]),
        category=kind.text(names["type.category"]),
        owner=kind.text(names["type.owner"]),
        provider=kind.text(names["type.provider"]),
        version=kind.text(names["type.version"]),
        configuration=decode_settings(node, names["rule.configuration"]),
        commands=decode_commands(node, names["rule.commands"]),
        input_artifacts=decode_artifact_names(node, names["rule.input_artifacts"], names),
        role_arn=node.text(names["rule.role_arn"]),
        region=node.text(names["rule.region"]),
        timeout_minutes=Absent(node.head) if timeout is None else node.integer(timeout),
        place=node.head,
    )
