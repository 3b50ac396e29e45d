"""Values that may be known, absent or unknown, and the only ways to compare them.

A rule never looks inside a value with `==`: it asks `ask`, `exists`, `bind` or matches exhaustively. That keeps an
unresolved value from reading as a pass.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeAlias, TypeVar

from pipecheck.values.place import Place
from pipecheck.values.reason import Reason
from pipecheck.values.record import record
from pipecheck.values.truth import Truth, agreed, truth

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
U = TypeVar("U")


@record
class Reference:
    """A resource of the input, named by Ref or GetAtt. `attribute` is None for Ref."""

    source: str
    logical_id: str
    attribute: str | None = None


@record
class Step:
    """One thing a value came through: a parameter's default, a mapping, a reference …

    `kind` is one of parameter, parameter-default, mapping, condition, reference, import, output,
    stack-parameter, stack-file, buildspec-file, dynamic-reference, no-echo.
    `name` is the name in the definition; `place` is where that is defined, None where it is outside the input.
    """

    kind: str
    name: str
    place: Place | None = None
    reference: Reference | None = None


@record
class Default:
    """What the service does when a property is not written, with the page that says so."""

    value: object
    source: str


@record
class Known(Generic[T_co]):
    """A value that the input states.

    `place` is the place of use; `via` is what the value came through, nearest first.
    """

    value: T_co
    place: Place
    via: tuple[Step, ...] = ()


@record
class Absent:
    """Definitely not written. `place` is where it would stand."""

    place: Place
    default: Default | None = None


@record
class Unknown:
    """Something that we cannot see.

    `detail` completes "cannot tell: …" for the user. `candidates` is the closed set of values it must be one
    of, where there is one. `written` is False where not even its presence is known. `pieces` are the parts of a
    text of which some are known, in order; an unknown part is an Unknown. `spelling` names the unknown the same
    way wherever it is used, so that two uses can be recognised as equal; "" where there is no such name. `token`
    says that it is one word, without `:`, `/` or white space, `single` that it is one value and no list.
    """

    reason: Reason
    detail: str
    place: Place
    candidates: tuple[Known[Any] | Absent | Unknown, ...] = ()
    written: bool = True
    pieces: tuple[str | Unknown, ...] = ()
    spelling: str = ""
    token: bool = False
    via: tuple[Step, ...] = ()
    single: bool = False


Value: TypeAlias = Known[T] | Absent | Unknown


def ask(value: Value[T], holds: Callable[[T], bool], *, absent: Truth = Truth.FALSE) -> Truth:
    """Whether `holds` is true of the value; asked of each candidate of an unknown.

    A documented default stands in for an absent value; without one the answer is `absent`.
    """
    match value:
        case Known(known):
            return truth(holds(known))
        case Absent(default=default):
            return absent if default is None else truth(holds(default.value))  # type: ignore[arg-type]
        case Unknown(candidates=candidates):
            return agreed(ask(candidate, holds, absent=absent) for candidate in candidates)


def exists(value: Value[object]) -> Truth:
    """Whether something is written: an unresolved reference exists, a conditional value may not."""
    match value:
        case Known():
            return Truth.TRUE
        case Absent():
            return Truth.FALSE
        case Unknown(candidates=candidates, written=written):
            if candidates:
                return agreed(exists(candidate) for candidate in candidates)
            return Truth.TRUE if written else Truth.UNKNOWN


def bind(value: Value[T], step: Callable[[T], Value[U]]) -> Value[U]:
    """What `step` makes of the value; an unknown stays unknown, with its candidates taken along."""
    match value:
        case Known(known):
            return step(known)
        case Absent():
            return value
        case Unknown(candidates=candidates):
            reached = tuple(bind(candidate, step) for candidate in candidates)
            return Unknown(value.reason, value.detail, value.place, reached, value.written, via=value.via)


def known(value: Value[T]) -> T | None:
    """The known value, or None where it is absent or unknown. For messages, never for a verdict."""
    return value.value if isinstance(value, Known) else None


def reference(value: Value[object]) -> Reference | None:
    """The resource of the input that the whole value refers to, if it does."""
    if isinstance(value, Absent):
        return None
    return next((step.reference for step in value.via if step.reference is not None), None)
