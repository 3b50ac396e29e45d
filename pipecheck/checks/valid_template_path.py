"""Whether files that an action takes from an artifact are of an artifact that it has.

https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CloudFormation.html
https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECSbluegreen.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.action_kind import kind_of
from pipecheck.analysis.answer import NO, Answer, any_holds, presence, told, undecided
from pipecheck.analysis.labels import quoted
from pipecheck.analysis.same_name import same_name
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import Demand, clauses_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Items, Known, Truth, Unknown, Value, exists
from pipecheck.values.text import contains, spelled

_FILES = {
    "CloudFormation": ("TemplatePath", "TemplateConfiguration"),
    "CloudFormationStackSet": ("TemplatePath",),
}
"""Keys that hold `Artifact::file`."""

_ARTIFACTS = {
    "CodeDeployToECS": (
        "TaskDefinitionTemplateArtifact",
        "AppSpecTemplateArtifact",
        *(f"Image{number}ArtifactName" for number in range(1, 5)),
    )
}
"""Keys that hold the name of an artifact."""

_BETWEEN = "::"


def valid_template_path(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause per file of an artifact that the action does not have, and one for what is right or not known."""
    action = subject.value
    assert isinstance(action, Action)  # noqa: S101 - the rule file names the kind of subject
    label = f"action {quoted(action.name, 'without a name')}"
    question = f"whether {label} has the artifacts whose files it takes is not known"
    kind = kind_of(action)
    if kind.hidden is not None:
        yield from clauses_of([Demand(undecided(kind.hidden), kind.hidden.place, "")], action.place, question)
        return
    provider = kind.name.split("/")[2] if kind.name is not None and kind.name.startswith("Deploy/AWS/") else ""
    demands = [*_files(action, provider, label), *_artifacts(action, provider, label)]
    if demands:
        yield from clauses_of(demands, action.configuration.place, question)


def _files(action: Action, provider: str, label: str) -> Iterator[Demand]:
    for key in _FILES.get(provider, ()):
        value = action.configuration.get(key)
        if exists(value) is Truth.FALSE:
            continue
        if contains(value, _BETWEEN) is Truth.FALSE:
            say = f"{key} of {label} is {quoted(value, 'empty')}, where the form is Artifact::file"
            yield Demand(told(Truth.FALSE, value), value.place, say)
            continue
        artifact = _artifact(value)
        say = (
            f"{key} of {label} is a file of {quoted(artifact, 'an artifact')}, which is not among its input artifacts"
        )
        yield Demand(_is_input(artifact, action.input_artifacts), value.place, say)


def _artifacts(action: Action, provider: str, label: str) -> Iterator[Demand]:
    for key in _ARTIFACTS.get(provider, ()):
        value = action.configuration.get(key)
        if exists(value) is not Truth.FALSE:
            say = f"{key} of {label} is {quoted(value, 'empty')}, which is not among its input artifacts"
            yield Demand(_is_input(value, action.input_artifacts), value.place, say)


def _artifact(path: Value[str]) -> Value[str]:
    """What stands before the `::`, at the place of the path."""
    match path:
        case Known(text):
            return Known(text.split(_BETWEEN)[0], path.place, path.via)
        case Unknown(pieces=(str(first), *_)) if _BETWEEN in first:
            return Known(first.split(_BETWEEN)[0], path.place, path.via)
        case Unknown(pieces=(Unknown() as first, str(rest), *_)) if rest.startswith(_BETWEEN):
            return first
        case _:
            return path


def _is_input(artifact: Value[str], inputs: Items[Value[str]]) -> Answer:
    if isinstance(artifact, Unknown) and _BETWEEN in (spelled(artifact) or _BETWEEN):
        return undecided(artifact)
    found = [
        member_is
        for member in inputs.members
        for member_is in [same_name(artifact, member.value)]
        if presence(member, member.value.place).truth is not Truth.FALSE
    ]
    return any_holds([NO, *found, *([] if inputs.open is None else [undecided(inputs.open)])])
