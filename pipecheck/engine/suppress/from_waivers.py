"""Suppressions in the configuration: waivers, which cover subjects by any of their names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from pipecheck.engine.suppress.written import Written
from pipecheck.engine.waivers import Waiver
from pipecheck.findings.finding import Location
from pipecheck.model.subject import SubjectName
from pipecheck.values import Absent, Known, Place, Span, Value

_WILD = re.compile(r"[*?\[]")


def suppressions_of_waivers(waivers: Iterable[Waiver]) -> Iterator[Written]:
    """The waivers of a configuration, in their order."""
    for index, waiver in enumerate(waivers):
        place = Place(waiver.source, ("waivers", index))
        yield Written(
            kind="waiver",
            rules=(waiver.rule,),
            reason=_value(waiver.reason, place, "reason"),
            owner=_value(waiver.owner, place, "owner"),
            expires=_value(None if waiver.expires is None else waiver.expires.isoformat(), place, "expires"),
            problem=None,
            label=f"waiver of {waiver.rule} for {waiver.subject}",
            target=waiver.subject,
            location=Location(waiver.source, Span(waiver.line, waiver.column, waiver.line, waiver.column + 1)),
            place=place,
        )


def _value(text: str | None, place: Place, key: str) -> Value[str]:
    return Known(text, place.child(key)) if text else Absent(place)


class WaiverIndex:
    """Finds the waivers that cover a subject: by its names first, then by the globs of the rule."""

    __slots__ = ("_exact", "_globs")

    def __init__(self, waivers: Iterable[Written]) -> None:
        self._exact: dict[tuple[str, str], list[Written]] = {}
        self._globs: dict[str, list[tuple[str, Written]]] = {}
        for waiver in waivers:
            subject = str(waiver.target)
            for rule in waiver.rules:
                wild = _WILD.search(subject)
                if wild:
                    self._globs.setdefault(rule, []).append((subject[: wild.start()], waiver))
                else:
                    self._exact.setdefault((rule, subject), []).append(waiver)

    def covering(self, rule: str, subject: SubjectName) -> Iterator[Written]:
        """The waivers that name the rule and the subject."""
        if not self._exact and rule not in self._globs:
            return
        names = names_of(subject)
        for name in names:
            yield from self._exact.get((rule, name), ())
        for start, waiver in self._globs.get(rule, ()):
            if any(name.startswith(start) and fnmatchcase(name, str(waiver.target)) for name in names):
                yield waiver


def names_of(subject: SubjectName) -> tuple[str, ...]:
    """Every name that a subject has: its pipelines, stage, action, address, logical id, ARN, and the way to it."""
    way = [part for part in (subject.pipeline, subject.stage, subject.action) if part]
    names = [*way, *subject.pipelines, "/".join(way), subject.address, subject.arn or ""]
    head, _, rest = subject.address.partition(".")
    if head == "Resources":
        names.append(rest.partition(".")[0])
    return tuple(dict.fromkeys(name for name in names if name))
