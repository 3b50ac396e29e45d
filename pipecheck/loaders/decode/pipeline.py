"""From a node to a pipeline: the place that decides what of it is known, absent or unknown."""

from __future__ import annotations

from dataclasses import replace

from pipecheck.loaders.buildspecs import Buildspecs
from pipecheck.loaders.decode.environment import decode_variables, decode_written_variables
from pipecheck.loaders.decode.settings import decode_settings, runtime
from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node
from pipecheck.model.buildspec import Buildspec
from pipecheck.model.conditions import Conditions
from pipecheck.model.environment import EnvironmentVariable
from pipecheck.model.pipeline import (
    Action,
    ArtifactStore,
    ConditionRule,
    EncryptionKey,
    Pipeline,
    Stage,
    StageCondition,
)
from pipecheck.model.settings import Settings
from pipecheck.values import Absent, Default, Items, Known, Member, Unknown, Value, bind

_RUN_ORDER = Default(1, "https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html")


def decode_pipeline(
    node: Node,
    names: Names,
    conditions: Conditions,
    buildspecs: Buildspecs,
    *,
    region: Value[str],
    account: Value[str],
) -> Pipeline:
    """The pipeline whose properties `node` holds; `region` and `account` are where its definition is deployed."""
    return Pipeline(
        name=node.text(names["pipeline.name"]),
        region=region,
        account=account,
        role_arn=node.text(names["pipeline.role_arn"]),
        artifact_stores=_stores(node, names),
        stages=node.items(names["pipeline.stages"]).each(lambda stage: _stage(stage, names, buildspecs)),
        conditions=conditions,
        place=node.head,
    )


def _stores(node: Node, names: Names) -> Items[ArtifactStore]:
    """The single store and the stores per region: a list in CloudFormation, a mapping by region in the API."""
    single = node.child(names["pipeline.artifact_store"], lambda store: _store(store, names, Absent(store.place)))
    several = _regional_stores(node, names)
    match single:
        case Known(store):
            return Items((Member(store), *several.members), several.place, several.open)
        case Absent():
            return several
        case Unknown():
            return Items(several.members, several.place, single)


def _regional_stores(node: Node, names: Names) -> Items[ArtifactStore]:
    key = names["pipeline.artifact_stores"]
    if "regional_store.region" in names:
        return node.items(key).each(lambda entry: _listed_store(entry, names))
    match node.get(key):
        case Known(by_region):
            stores = (
                Member(_store(store.value, names, Known(region, store.place)))
                for region in by_region.keys
                if isinstance(store := by_region.get(region), Known)
            )
            return Items(tuple(stores), by_region.place)
        case Absent(place):
            return Items((), place)
        case Unknown() as unknown:
            return Items((), node.head, unknown)


def _listed_store(entry: Node, names: Names) -> ArtifactStore:
    region = entry.text(names["regional_store.region"])
    match entry.get(names["regional_store.artifact_store"]):
        case Known(store):
            return _store(store, names, region)
        case Absent() as absent:
            return ArtifactStore(absent, absent, absent, region, entry.place)
        case Unknown() as unknown:
            return ArtifactStore(unknown, unknown, unknown, region, entry.place)


def _store(node: Node, names: Names, region: Value[str]) -> ArtifactStore:
    return ArtifactStore(
        type=node.text(names["store.type"]),
        location=node.text(names["store.location"]),
        encryption_key=node.child(
            names["store.encryption_key"],
            lambda key: EncryptionKey(key.text(names["key.id"]), key.text(names["key.type"]), key.place),
        ),
        region=region,
        place=node.head,
    )


def _stage(node: Node, names: Names, buildspecs: Buildspecs) -> Stage:
    return Stage(
        name=node.text(names["stage.name"]),
        actions=node.items(names["stage.actions"]).each(lambda action: _action(action, names, buildspecs)),
        before_entry=_conditions(node, names["stage.before_entry"], names),
        on_success=_conditions(node, names["stage.on_success"], names),
        on_failure=_conditions(node, names["stage.on_failure"], names),
        place=node.head,
    )


def _conditions(stage: Node, key: str, names: Names) -> Items[StageCondition]:
    match stage.get(key):
        case Known(slot):
            return slot.items(names["slot.conditions"]).each(lambda condition: _condition(condition, names))
        case Absent(place):
            return Items((), place)
        case Unknown() as unknown:
            return Items((), stage.place, unknown)


def _condition(node: Node, names: Names) -> StageCondition:
    return StageCondition(
        result=node.text(names["condition.result"]),
        rules=node.items(names["condition.rules"]).each(lambda rule: _condition_rule(rule, names)),
        place=node.head,
    )


def _condition_rule(node: Node, names: Names) -> ConditionRule:
    kind = node.get(names["rule.rule_type_id"])
    return ConditionRule(
        name=node.text(names["rule.name"]),
        provider=bind(kind, lambda type_id: type_id.text(names["type.provider"])),
        role_arn=node.text(names["rule.role_arn"]),
        place=node.head,
    )


def _action(node: Node, names: Names, buildspecs: Buildspecs) -> Action:
    kind = node.get(names["action.action_type_id"])
    configuration = decode_settings(node, names["action.configuration"])
    run_order = node.integer(names["action.run_order"])
    return Action(
        name=node.text(names["action.name"]),
        category=bind(kind, lambda type_id: type_id.text(names["type.category"])),
        owner=bind(kind, lambda type_id: type_id.text(names["type.owner"])),
        provider=bind(kind, lambda type_id: type_id.text(names["type.provider"])),
        version=bind(kind, lambda type_id: type_id.text(names["type.version"])),
        run_order=Absent(run_order.place, _RUN_ORDER) if isinstance(run_order, Absent) else run_order,
        configuration=configuration,
        environment_variables=_environment_variables(node, configuration.get("EnvironmentVariables"), names),
        buildspec=_override(node.get(names["action.configuration"]), configuration, buildspecs),
        input_artifacts=_artifacts(node, names["action.input_artifacts"], names),
        output_artifacts=_artifacts(node, names["action.output_artifacts"], names),
        role_arn=node.text(names["action.role_arn"]),
        region=node.text(names["action.region"]),
        namespace=node.text(names["action.namespace"]),
        place=node.head,
    )


def _override(node: Value[Node], configuration: Settings, buildspecs: Buildspecs) -> Value[Buildspec]:
    """https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html"""
    text = configuration.get("BuildspecOverride")
    if isinstance(node, Known):
        return buildspecs.written(text, node.value, "BuildspecOverride")
    return text if isinstance(text, Absent) else node


def _artifacts(node: Node, key: str, names: Names) -> Items[Value[str]]:
    return node.items(key).each(lambda artifact: artifact.text(names["artifact.name"]))


def _environment_variables(node: Node, text: Value[str], names: Names) -> Items[EnvironmentVariable]:
    """Those of the configuration, as CodeBuild actions have them, and those beside it, as Commands actions do."""
    written = decode_written_variables(text, node.place)
    listed = decode_variables(node, names["action.environment_variables"], names).each(
        lambda variable: replace(variable, value=runtime(variable.value, variable.place))
    )
    place = listed.place if isinstance(text, Absent) else written.place
    return Items((*written.members, *listed.members), place, written.open or listed.open)
