"""Reads the parts of a rule file by name and type, and refuses what does not belong there."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pipecheck.errors import RuleFileError
from pipecheck.rules.nearest import did_you_mean
from pipecheck.syntax.document import Document
from pipecheck.values.place import Route
from pipecheck.values.record import record


@record
class Fields:
    """One mapping of a rule file, at `route`. Every method raises RuleFileError at line and column."""

    document: Document
    route: Route
    entries: Mapping[str, object]

    def error(self, message: str, *steps: str | int, help: tuple[str, ...] = (), key: bool = False) -> RuleFileError:
        """The error about what stands at `steps` from here, or, with `key`, about the key it stands under."""
        route = (*self.route, *steps)
        span = self.document.key_span(route) if key else self.document.span(route)
        return RuleFileError(message, source=self.document.uri, line=span.line, column=span.column, help=help)

    def check(self, required: Collection[str], optional: Collection[str] = ()) -> None:
        """Refuses unknown and missing keys."""
        known = {*required, *optional}
        for name in self.entries:
            if name not in known:
                raise self.error(f"unknown key {name!r}", name, help=did_you_mean(name, known), key=True)
        missing = [name for name in required if name not in self.entries]
        if missing:
            raise self.error(f"{_listed(missing)} missing", help=(f"add {_listed(missing)}",))

    def text(self, name: str, instead: str | None = None) -> str:
        """A text with something in it; `instead` where it is not there."""
        if name not in self.entries and instead is not None:
            return instead
        found = self.entries.get(name)
        if isinstance(found, str) and found.strip():
            return found
        raise self._expected("a text", found, name)

    def optional_text(self, name: str) -> str | None:
        """A text, None where it is not there."""
        return self.text(name) if name in self.entries else None

    def one_of(self, name: str, allowed: Collection[str], instead: str | None = None) -> str:
        """One of some texts."""
        found = self.text(name, instead)
        if found not in allowed:
            message = f"{name}: expected {_either(allowed)}, found {found!r}"
            raise self.error(message, name, help=did_you_mean(found, allowed) if len(allowed) > 2 else ())
        return found

    def flag(self, name: str, instead: bool) -> bool:
        """A boolean."""
        found = self.entries.get(name, instead)
        if not isinstance(found, bool):
            raise self._expected("true or false", found, name)
        return found

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, empty where it is not there."""
        found = self.entries.get(name, [])
        if not isinstance(found, list):
            raise self._expected("a list of texts", found, name)
        for index, entry in enumerate(found):
            if not isinstance(entry, str):
                raise self._expected("a text", entry, name, index)
        return tuple(found)

    def mapping(self, name: str) -> Fields:
        """A mapping, empty where it is not there."""
        found = self.entries.get(name, {})
        if not isinstance(found, dict):
            raise self._expected("a mapping", found, name)
        return Fields(self.document, (*self.route, name), found)

    def mappings(self, name: str) -> tuple[Fields, ...]:
        """A list of mappings, empty where it is not there."""
        found = self.entries.get(name, [])
        if not isinstance(found, list):
            raise self._expected("a list of mappings", found, name)
        for index, entry in enumerate(found):
            if not isinstance(entry, dict):
                raise self._expected("a mapping", entry, name, index)
        return tuple(Fields(self.document, (*self.route, name, index), entry) for index, entry in enumerate(found))

    def _expected(self, expected: str, found: object, *steps: str | int) -> RuleFileError:
        number = expected == "a text" and isinstance(found, int | float)
        help = ("put it in quotes",) if number else ()
        return self.error(f"{steps[0]}: expected {expected}, found {shown_type(found)}", *steps, help=help)


def shown_type(found: object) -> str:
    """How a message names what was found."""
    match found:
        case None:
            return "nothing"
        case bool():
            return "true" if found else "false"
        case int() | float():
            return f"the number {found}"
        case str():
            return "a text" if found.strip() else "an empty text"
        case list():
            return "a list"
        case dict():
            return "a mapping"
        case _:
            return "something with a tag"


def _listed(names: Collection[str]) -> str:
    return " and ".join(names) if len(names) < 3 else ", ".join(names)


def _either(allowed: Collection[str]) -> str:
    return " or ".join(sorted(allowed)) if len(allowed) < 3 else f"one of {', '.join(allowed)}"
