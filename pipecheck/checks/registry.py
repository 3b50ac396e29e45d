"""Finds the function of a Python rule by its name."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from pathlib import Path

from pipecheck.errors import RuleFileError
from pipecheck.model.inventory import Inventory
from pipecheck.model.subject import Subject
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Check, Params

_NO_CHECKS = frozenset({"__init__", "registry"})


def check_named(name: str) -> Check:
    """The check that the module of the same name defines; that module is loaded when the check is first called.

    Raises RuleFileError where there is no such check.
    """
    if name in _NO_CHECKS or not name.isidentifier() or not (Path(__file__).parent / f"{name}.py").is_file():
        raise RuleFileError(
            f"there is no check {name!r}",
            help=(f"the checks are {', '.join(check_names())}",),
        )
    return _NamedCheck(name)


class _NamedCheck:
    __slots__ = ("__name__", "_check")

    def __init__(self, name: str) -> None:
        self.__name__ = name
        self._check: Check | None = None

    def __call__(self, subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:
        if self._check is None:
            self._check = getattr(importlib.import_module(f"pipecheck.checks.{self.__name__}"), self.__name__)
        return self._check(subject, inventory, params)


def check_names() -> tuple[str, ...]:
    """The names of all checks, sorted."""
    folder = Path(__file__).parent
    return tuple(sorted(file.stem for file in folder.glob("*.py") if file.stem not in _NO_CHECKS))
