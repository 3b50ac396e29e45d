"""Python checks that pipecheck does not bring: in a file beside a rule's, or offered by an installed package."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from pipecheck.errors import PluginError
from pipecheck.model.inventory import Inventory
from pipecheck.model.subject import Subject
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Check, Params
from pipecheck.values.record import record


def check_beside(file: Path, text: bytes, source: str) -> Check:
    """The check that the text of a Python file defines under the name of the file. Runs the text.

    `source` is how messages name the file. Raises PluginError where it cannot be run or defines no such function.
    """
    module = _module(file, text, source)
    return guarded(getattr(module, file.stem, None), f"{source} defines no function {file.stem}", source)


def guarded(found: object, otherwise: str, source: str) -> Check:
    """A foreign function as a check that yields clauses or raises TypeError. Raises PluginError where it is none."""
    if not callable(found):
        raise PluginError(otherwise, source=source)
    return _Guarded(found)


def crashed(error: BaseException, source: str, file: Path | None = None) -> NoReturn:
    """Raises PluginError about code that crashed when it was loaded, at the line of `file` that did it."""
    line = error.lineno if isinstance(error, SyntaxError) else None
    for frame in traceback.extract_tb(error.__traceback__):
        if file is not None and frame.filename == str(file):
            line = frame.lineno
    text = error.msg if isinstance(error, SyntaxError) else str(error)
    message = f"crashed when it was loaded: {type(error).__name__}{f': {text}' if text else ''}"
    raise PluginError(message, source=source, line=line) from None


def _module(file: Path, text: bytes, source: str) -> ModuleType:
    module = ModuleType(f"pipecheck_own_{file.stem}_{abs(hash(file)):x}")
    module.__file__ = str(file)
    sys.modules[module.__name__] = module  # data classes look their module up
    try:
        exec(compile(text, str(file), "exec"), module.__dict__)  # noqa: S102 - what the user allowed
    except (Exception, SystemExit) as error:  # noqa: BLE001 - foreign code may raise anything
        crashed(error, source, file)
    return module


@record
class _Guarded:
    """A foreign check: what is no clause is refused, and it cannot end the program."""

    check: Callable[[Subject, Inventory, Params], Iterable[Any]]

    def __call__(self, subject: Subject, inventory: Inventory, params: Params) -> Iterator[Clause]:
        try:
            for clause in self.check(subject, inventory, params):
                if not isinstance(clause, Clause):
                    raise TypeError(f"a check yields clauses, and this one yielded {clause!r}")
                yield clause
        except SystemExit as error:
            raise RuntimeError(f"it called sys.exit({error.code!r})") from None
