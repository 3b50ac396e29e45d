"""Finds the function of a Python rule by its name."""

from __future__ import annotations

import importlib
from pathlib import Path

from pipecheck.errors import RuleFileError
from pipecheck.rules.rule import Check


def check_named(name: str) -> Check:
    """The check that the module of the same name defines; loads that module alone.

    Raises RuleFileError where there is no such check.
    """
    if name not in check_names():
        raise RuleFileError(
            f"there is no check {name!r}",
            help=(f"the checks are {', '.join(check_names())}",),
        )
    check: Check = getattr(importlib.import_module(f"pipecheck.checks.{name}"), name)
    return check


def check_names() -> tuple[str, ...]:
    """The names of all checks, sorted."""
    folder = Path(__file__).parent
    return tuple(sorted(file.stem for file in folder.glob("*.py") if file.stem not in {"__init__", "registry"}))
