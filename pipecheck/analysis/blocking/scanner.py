"""The scanners that are known, each with what makes it fail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import lru_cache
from typing import Any

from pipecheck.data.scanners import scanner_entries
from pipecheck.values.record import record


@record
class Scanner:
    """One tool, or one command of it.

    `match` are regular expressions for its words, joined by blanks, without the programs that run it; `images` the
    container images that it comes in. `blocks` says whether a finding makes it fail; None: that is decided elsewhere.
    `blocking_*` make it fail, `releasing_*` make it succeed; `weakening` narrow what counts as a finding.
    `finding_status` is its status then, where that is one number. `deprecated` is "" or says why not to use it.
    """

    name: str
    categories: tuple[str, ...]
    match: tuple[str, ...]
    blocks: bool | None
    source: str
    subcategories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    not_scan: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    finding_status: int | None = None
    blocking_flags: tuple[str, ...] = ()
    blocking_env: tuple[str, ...] = ()
    blocking_files: tuple[str, ...] = ()
    releasing_flags: tuple[str, ...] = ()
    releasing_env: tuple[str, ...] = ()
    releasing_files: tuple[str, ...] = ()
    weakening: tuple[str, ...] = ()
    deprecated: str = ""


@lru_cache(maxsize=1)
def scanners() -> tuple[Scanner, ...]:
    """The scanners of the table, by name."""
    return tuple(scanners_from(scanner_entries()))


def scanners_from(entries: Iterable[Mapping[str, Any]]) -> Iterable[Scanner]:
    """Scanners as the table, or a configuration, writes them."""
    for entry in entries:
        lists = {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
        nested = {name: tuple(value) for name, value in entry.get("subcategories", {}).items()}
        arguments: dict[str, Any] = {**lists, "subcategories": nested}
        yield Scanner(**arguments)
