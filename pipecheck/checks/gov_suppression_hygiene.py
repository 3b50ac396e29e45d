"""Whether a suppression says all that it must, still holds and is still needed."""

from __future__ import annotations

from collections.abc import Iterable

from pipecheck.analysis.answer import told
from pipecheck.model.inventory import Inventory
from pipecheck.model.subject import Subject
from pipecheck.model.suppression import Suppression
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Absent, Known, Truth, Value, ask
from pipecheck.values.items import values


def gov_suppression_hygiene(
    subject: Subject,
    inventory: Inventory,  # noqa: ARG001
    params: Params,
) -> Iterable[Clause]:
    """That it can be read, has a reason, an owner and an end, has not ended, ends soon, and covers something."""
    one = subject.value
    assert isinstance(one, Suppression)  # noqa: S101 - the rule file names the kind of subject
    label = subject.name.address
    problem = one.problem.value if isinstance(one.problem, Known) else ""
    readable = Truth.FALSE if problem else Truth.TRUE
    in_waiver = readable & ask(one.kind, lambda kind: kind == "waiver")
    yield _clause(Truth.TRUE, readable, subject, "form", f"the {label} is ignored: {problem}")
    yield _stated(readable, one.reason, subject, "reason", f"the {label} is ignored: it gives no reason")
    yield _stated(in_waiver, one.owner, subject, "owner", f"the {label} is ignored: it names no owner")
    yield _stated(in_waiver, one.expires, subject, "expires", f"the {label} is ignored: it has no end")
    ended = f"the {label} ended on {one.expires.value}" if isinstance(one.expires, Known) else ""
    yield _dated(readable, one.days_left, subject, "ended", ended, least=0)
    most = params["max_days"]
    assert isinstance(most, int)  # noqa: S101 - the rule file declares an integer
    yield _dated(
        readable, one.days_left, subject, "length", f"the {label} holds for more than {most} days", most=most
    )
    unused = [rule.value for rule in values(one.unused) if isinstance(rule, Known)]
    needed = Truth.FALSE if unused else Truth.TRUE
    yield _clause(readable, needed, subject, "use", f"the {label} covers no finding of {', '.join(unused)}")


def _clause(applies: Truth, holds: Truth, subject: Subject, part: str, say: str) -> Clause:
    return Clause(applies, holds, subject.place.child(part), say)


def _stated(applies: Truth, value: Value[str], subject: Subject, part: str, say: str) -> Clause:
    asked = told(applies, value)
    return clause_of(told(ask(value, bool), value), subject.place.child(part), say, applies=asked)


def _dated(
    applies: Truth,
    days: Value[int],
    subject: Subject,
    part: str,
    say: str,
    *,
    least: int | None = None,
    most: int | None = None,
) -> Clause:
    def holds(left: int) -> bool:
        return (least is None or left >= least) and (most is None or left <= most)

    written = applies & (Truth.FALSE if isinstance(days, Absent) else Truth.TRUE)
    return clause_of(told(ask(days, holds), days), subject.place.child(part), say, applies=told(written, days))
