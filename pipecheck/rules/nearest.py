"""The known name that a mistyped one probably means."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like `name`, whatever its case and word separators; None where none is like it."""
    from difflib import get_close_matches  # noqa: PLC0415 - needed only to help after a mistake

    by_letters = {_letters(option): option for option in sorted(known)}
    found = get_close_matches(_letters(name), by_letters, n=1, cutoff=0.6)
    return by_letters[found[0]] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """A help line with the nearest known name, else with all of them where they are few; none where they are many."""
    names = sorted(known)
    found = nearest(name, names)
    if found is not None:
        return (f"did you mean {found}?",)
    return (f"known: {', '.join(names)}",) if names and len(names) <= _FEW else ()


_FEW = 24


def _letters(name: str) -> str:
    return name.replace("_", "").replace("-", "").lower()
