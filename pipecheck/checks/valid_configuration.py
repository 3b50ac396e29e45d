"""Whether the configuration of an action has the keys that its kind needs, and no others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.action_kind import kind_of
from pipecheck.analysis.answer import NO, YES, Answer, any_holds, told, undecided
from pipecheck.analysis.labels import quoted
from pipecheck.analysis.limits import is_given, least_length
from pipecheck.data.action_types import CHOICES, CONDITIONAL, OPTIONAL, REQUIRED
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action
from pipecheck.model.settings import Settings
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import Demand, clauses_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.nearest import nearest
from pipecheck.rules.rule import Params
from pipecheck.rules.severity import Severity
from pipecheck.values import Absent, Known, Reason, Truth, Unknown, Value, ask, exists
from pipecheck.values.text import displayed

_LONGEST_KEY = 50
_LONGEST_VALUE = 1000
_LONGEST_IN_ALL = 100_000
_BOOLEAN = "true false"


def valid_configuration(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause per fault, and one for what is right or not known; none for kinds that are not in the tables."""
    action = subject.value
    assert isinstance(action, Action)  # noqa: S101 - the rule file names the kind of subject
    label = f"action {quoted(action.name, 'without a name')}"
    question = f"whether the configuration of {label} is as its kind needs it is not known"
    kind = kind_of(action)
    settings = action.configuration
    demands = list(_sizes(settings))
    if kind.hidden is not None:
        demands.append(Demand(undecided(kind.hidden), kind.hidden.place, question))
    elif kind.name is not None and not kind.is_custom:
        demands += [*_required(kind.name, settings, label), *_choices(kind.name, settings)]
        demands += _unknown_keys(kind.name, settings)
    yield from clauses_of(demands, settings.place, question)


def _required(kind: str, settings: Settings, label: str) -> Iterator[Demand]:
    provider = kind.split("/")[2]
    for key in REQUIRED.get(kind, "").split():
        value = settings.get(key)
        say = f"{label} has no {key} in its configuration, which {provider} needs"
        yield Demand(told(exists(value), value), settings.place, say)
    for key, other, wanted in CONDITIONAL.get(kind, ()):
        value, switch = settings.get(key), settings.get(other)
        needed = told(ask(switch, lambda text, wanted=wanted: text in wanted.split()), switch)  # type: ignore[misc]
        say = f"{label} has no {key} in its configuration, which {provider} needs with {other} {displayed(switch)}"
        yield Demand(any_holds([~needed, told(exists(value), value)]), settings.place, say)


def _choices(kind: str, settings: Settings) -> Iterator[Demand]:
    for key, choice in CHOICES.get(kind, {}).items():
        value = settings.get(key)
        if isinstance(value, Absent):
            continue
        wanted = choice.split()
        say = f"{key} is {quoted(value, '')}, which is none of {', '.join(wanted)}"
        yield Demand(told(_is_one_of(value, wanted), value), value.place, say)


def _is_one_of(value: Value[str], wanted: list[str]) -> Truth:
    folded = wanted == _BOOLEAN.split()
    return ask(value, lambda text: (text.lower() if folded else text) in wanted)


def _unknown_keys(kind: str, settings: Settings) -> Iterator[Demand]:
    taken = [*REQUIRED.get(kind, "").split(), *OPTIONAL.get(kind, "").split()]
    if not taken:
        return
    for key, value in settings.entries.items():
        if key not in taken:
            found = nearest(key, taken)
            advice = f": did you mean {found}?" if found else ""
            say = f"{kind.split('/')[2]} has no documented configuration key {key}{advice}"
            yield Demand(told(~exists(value), value), value.place, say, Severity.LOW)


def _sizes(settings: Settings) -> Iterator[Demand]:
    if settings.open is not None:
        yield Demand(undecided(settings.open), settings.open.place, "")
    for key, value in settings.entries.items():
        if len(key) > _LONGEST_KEY:
            yield Demand(NO, value.place, f"the configuration key {key} has more than {_LONGEST_KEY} characters")
        if isinstance(value, Known) and not value.value:
            yield Demand(
                _is_given(value),
                value.place,
                f"{key} is empty: a value of the configuration has at least one character",
            )
        say = f"{key} has more than {_LONGEST_VALUE} characters, the most that a value of the configuration may have"
        yield Demand(_is_short(value), value.place, say)
    if sum(map(least_length, settings.entries.values())) > _LONGEST_IN_ALL:
        yield Demand(NO, settings.place, f"the configuration has more than {_LONGEST_IN_ALL} characters")


def _is_given(empty: Known[str]) -> Answer:
    """Whether an empty value gets another text at deployment: an empty default asks for one."""
    if not empty.via:
        return NO
    detail = f"{empty.via[0].name} is empty unless it is given"
    return undecided(Unknown(Reason.PARAMETER_WITHOUT_DEFAULT, detail, empty.place, via=empty.via))


def _is_short(value: Value[str]) -> Answer:
    """Whether a value is not too long. What a template is given or makes is taken to be as short as it mostly is."""
    if least_length(value) > _LONGEST_VALUE:
        return told(Truth.FALSE, value)
    if isinstance(value, Unknown) and not is_given(value):
        return undecided(value)
    return YES
