"""Whether a reference to a Git repository, handed on in place of its files, goes to builds alone.

https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import NO, Answer, all_hold, any_holds, told
from pipecheck.analysis.labels import quoted
from pipecheck.analysis.same_name import same_name
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action, Pipeline
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause, Related
from pipecheck.rules.rule import Params
from pipecheck.values import Truth, Value, ask
from pipecheck.values.items import values
from pipecheck.values.text import equals

_REFERENCE = "CODEBUILD_CLONE_REF"
_TAKERS = frozenset({"CodeBuild", "Commands", "ECRBuildAndPublish"})
"""Providers that take such a reference, or that run on what does."""


def valid_clone_ref(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause per input artifact that is, or may be, such a reference."""
    action, pipeline = subject.value, subject.bindings["pipeline"]
    assert isinstance(action, Action)  # noqa: S101 - the rule file names the kind of subject
    assert isinstance(pipeline, Pipeline)  # noqa: S101 - what an action is bound in
    takes = told(ask(action.provider, lambda provider: provider in _TAKERS), action.provider)
    name = f"action {quoted(action.name, 'without a name')}"
    for artifact in values(action.input_artifacts):
        for source, is_reference in _references(artifact, pipeline, inventory):
            label = quoted(artifact, "without a name")
            question = f"whether {name} can take artifact {label} is not known"
            provider = quoted(action.provider, "another provider")
            say = f"{name} of provider {provider} takes {label}, which is a reference to clone for builds alone"
            place = source.configuration.get("OutputArtifactFormat").place
            related = (Related(place, f"{quoted(source.name, 'a source')} makes the reference"),)
            yield clause_of(takes.about(question), artifact.place, say, applies=is_reference, related=related)


def _references(artifact: Value[str], pipeline: Pipeline, inventory: Inventory) -> Iterator[tuple[Action, Answer]]:
    """The sources that hand on a reference under the name of the artifact, or that may."""
    sources = inventory.once(_by_pipeline)
    if id(pipeline) not in sources:
        sources[id(pipeline)] = tuple(_sources(pipeline))
    for source in sources[id(pipeline)]:
        form = source.configuration.get("OutputArtifactFormat")
        same = [same_name(artifact, output.name) for output in values(source.output_artifacts)]
        found = all_hold([told(equals(form, _REFERENCE), form), any_holds([NO, *same])])
        if found.truth is not Truth.FALSE:
            yield source, found


def _sources(pipeline: Pipeline) -> Iterator[Action]:
    for stage in values(pipeline.stages):
        for source in values(stage.actions):
            form = source.configuration.get("OutputArtifactFormat")
            if Truth.FALSE not in (equals(form, _REFERENCE), equals(source.category, "Source")):
                yield source


def _by_pipeline(inventory: Inventory) -> dict[int, tuple[Action, ...]]:  # noqa: ARG001 - one for each inventory
    return {}
