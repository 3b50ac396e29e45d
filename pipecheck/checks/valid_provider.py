"""Whether an action is of a kind that CodePipeline has."""

from __future__ import annotations

from collections.abc import Iterable

from pipecheck.analysis.action_kind import kind_of
from pipecheck.analysis.answer import NO, YES, Answer, told, undecided
from pipecheck.analysis.labels import quoted
from pipecheck.data.action_types import ARTIFACTS, VERSION
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.nearest import nearest
from pipecheck.rules.rule import Params
from pipecheck.values import Reason, Unknown
from pipecheck.values.text import equals

_OWNERS = frozenset({"AWS", "ThirdParty", "Custom"})


def valid_provider(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for the kind and, where it is known and not custom, one for its version."""
    action = subject.value
    assert isinstance(action, Action)  # noqa: S101 - the rule file names the kind of subject
    kind = kind_of(action)
    label = f"action {quoted(action.name, 'without a name')}"
    question = f"whether {label} is of a kind that there is is not known"
    if kind.name is None:
        held = NO if kind.hidden is None else undecided(kind.hidden).about(question)
        place = action.place if kind.hidden is None else kind.hidden.place
        yield clause_of(held, place, f"{label} has no owner or no provider")
        return
    category, owner, provider = kind.name.split("/")
    say = f"{label} is of category {category}, owner {owner} and provider {provider}, which there is not"
    found = None if kind.name in ARTIFACTS else nearest(kind.name, ARTIFACTS)
    advice = f": did you mean {found.replace('/', ', ')}?" if found and owner in _OWNERS else ""
    yield clause_of(_exists(kind.name, owner, action), action.provider.place, say + advice)
    if kind.name in ARTIFACTS:
        say = f"{label} is of version {quoted(action.version, 'none')} of {provider}: there is only {VERSION}"
        version = told(equals(action.version, VERSION), action.version)
        yield clause_of(
            version.about(f"whether {label} is of version {VERSION} is not known"), action.version.place, say
        )


def _exists(name: str, owner: str, action: Action) -> Answer:
    """Custom types are the account's own; the list of those of third parties is not closed."""
    if name in ARTIFACTS or owner == "Custom":
        return YES
    if owner != "ThirdParty":
        return NO
    detail = f"provider {quoted(action.provider, '')} of owner ThirdParty is in no documented list"
    return undecided(Unknown(Reason.INVALID_VALUE, detail, action.provider.place))
