"""From a node to a pipeline: the place that decides what of it is known, absent or unknown."""

from __future__ import annotations

from typing import Any

from pipecheck.loaders.buildspecs import Buildspecs
from pipecheck.loaders.decode.environment import decode_variables, decode_written_variables
from pipecheck.loaders.decode.part import Part, with_default
from pipecheck.loaders.decode.settings import decode_settings, runtime
from pipecheck.loaders.decode.stage_condition import decode_artifact_names, decode_commands, decode_conditions
from pipecheck.loaders.decode.tag import decode_tags
from pipecheck.loaders.decode.trigger import decode_trigger
from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node, element_text
from pipecheck.model.buildspec import Buildspec
from pipecheck.model.conditions import Conditions
from pipecheck.model.environment import EnvironmentVariable
from pipecheck.model.pipeline import (
    Action,
    ArtifactStore,
    DisabledTransition,
    EncryptionKey,
    OutputArtifact,
    Pipeline,
    PipelineVariable,
    Stage,
)
from pipecheck.model.settings import Settings
from pipecheck.model.tag import Tag
from pipecheck.values import Absent, Default, Items, Known, Member, Reason, Unknown, Value
from pipecheck.values.record import replace

_SUPERSEDED = Default(
    "SUPERSEDED", "https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PipelineDeclaration.html"
)
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
        type=node.text(names["pipeline.type"]),
        execution_mode=with_default(node.text(names["pipeline.execution_mode"]), _SUPERSEDED),
        artifact_stores=_stores(node, names),
        stages=node.items(names["pipeline.stages"]).each(lambda stage: _stage(stage, names, buildspecs)),
        variables=node.items(names["pipeline.variables"]).each(lambda variable: _variable(variable, names)),
        triggers=node.items(names["pipeline.triggers"]).each(lambda trigger: decode_trigger(trigger, names)),
        disabled_transitions=_disabled_transitions(node, names),
        tags=_tags(node, names),
        polling_disabled_at=Absent(node.head),
        conditions=conditions,
        place=node.head,
    )


def _variable(node: Node, names: Names) -> PipelineVariable:
    return PipelineVariable(
        name=node.text(names["pipeline_variable.name"]),
        default=node.text(names["pipeline_variable.default"]),
        description=node.text(names["pipeline_variable.description"]),
        place=node.head,
    )


def _disabled_transitions(node: Node, names: Names) -> Items[DisabledTransition]:
    key = names.get("pipeline.disabled_transitions")
    if key is None:
        return _not_in_structure("the disabled transitions", node)
    return node.items(key).each(
        lambda transition: DisabledTransition(
            stage=transition.text(names["disabled_transition.stage"]),
            reason=transition.text(names["disabled_transition.reason"]),
            place=transition.head,
        )
    )


def _tags(node: Node, names: Names) -> Items[Tag]:
    key = names.get("pipeline.tags")
    return _not_in_structure("the tags", node) if key is None else decode_tags(node, key, names)


def _not_in_structure(what: str, node: Node) -> Items[Any]:
    detail = f"{what} of a pipeline are no part of its structure"
    return Items((), node.head, Unknown(Reason.NOT_RETURNED, detail, node.head, written=False))


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
    on_failure = Part(node.get(names["stage.on_failure"]))
    return Stage(
        name=node.text(names["stage.name"]),
        actions=node.items(names["stage.actions"]).each(lambda action: _action(action, names, buildspecs)),
        before_entry=decode_conditions(Part(node.get(names["stage.before_entry"])), names),
        on_success=decode_conditions(Part(node.get(names["stage.on_success"])), names),
        on_failure=decode_conditions(on_failure, names),
        failure_result=on_failure.text(names["failure.result"]),
        retry_mode=on_failure.part(names["failure.retry"]).text(names["retry.mode"]),
        place=node.head,
    )


def _action(node: Node, names: Names, buildspecs: Buildspecs) -> Action:
    kind = Part(node.get(names["action.action_type_id"]))
    configuration = decode_settings(node, names["action.configuration"])
    return Action(
        name=node.text(names["action.name"]),
        category=_category(kind.text(names["type.category"])),
        owner=kind.text(names["type.owner"]),
        provider=kind.text(names["type.provider"]),
        version=kind.text(names["type.version"]),
        run_order=with_default(node.integer(names["action.run_order"]), _RUN_ORDER),
        configuration=configuration,
        commands=decode_commands(node, names["action.commands"]),
        environment_variables=_environment_variables(node, configuration.get("EnvironmentVariables"), names),
        buildspec=_override(node.get(names["action.configuration"]), configuration, buildspecs),
        input_artifacts=decode_artifact_names(node, names["action.input_artifacts"], names),
        output_artifacts=node.items(names["action.output_artifacts"]).each(lambda output: _output(output, names)),
        output_variables=node.items(names["action.output_variables"]).each(element_text),
        role_arn=node.text(names["action.role_arn"]),
        region=node.text(names["action.region"]),
        namespace=node.text(names["action.namespace"]),
        timeout_minutes=node.integer(names["action.timeout_minutes"]),
        place=node.head,
    )


_CATEGORIES = frozenset({"Source", "Build", "Deploy", "Test", "Invoke", "Approval", "Compute"})
"""https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ActionTypeId.html"""


def _category(written: Value[str]) -> Value[str]:
    """The category; Unknown where it is missing or is none that CodePipeline knows: nobody can say what is done."""
    match written:
        case Known(name) if name not in _CATEGORIES:
            detail = f'"{name}" is no category of actions: expected {", ".join(sorted(_CATEGORIES))}'
            return Unknown(Reason.INVALID_VALUE, detail, written.place, via=written.via)
        case Absent(place):
            return Unknown(Reason.INVALID_VALUE, "the action has no category", place)
        case Unknown(candidates=candidates) if candidates:
            return replace(written, candidates=tuple(_category(candidate) for candidate in candidates))
        case _:
            return written


def _override(node: Value[Node], configuration: Settings, buildspecs: Buildspecs) -> Value[Buildspec]:
    """https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html"""
    text = configuration.get("BuildspecOverride")
    if isinstance(node, Known):
        return buildspecs.written(text, node.value, "BuildspecOverride")
    return text if isinstance(text, Absent) else node


def _output(node: Node, names: Names) -> OutputArtifact:
    return OutputArtifact(
        name=node.text(names["artifact.name"]),
        files=node.items(names["artifact.files"]).each(element_text),
        place=node.head,
    )


def _environment_variables(node: Node, text: Value[str], names: Names) -> Items[EnvironmentVariable]:
    """Those of the configuration, as CodeBuild actions have them, and those beside it, as Commands actions do."""
    written = decode_written_variables(text, node.place)
    listed = decode_variables(node, names["action.environment_variables"], names).each(
        lambda variable: replace(variable, value=runtime(variable.value, variable.place))
    )
    place = listed.place if isinstance(text, Absent) else written.place
    return Items((*written.members, *listed.members), place, written.open or listed.open)
