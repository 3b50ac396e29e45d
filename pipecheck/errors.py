"""The error tree: each error knows its exit code and the lines that help the user to mend it."""

from __future__ import annotations

from typing import ClassVar


class PipecheckError(Exception):
    """Something the user can act on.

    `message` is one sentence: what was found and what was expected. `help` holds further lines: what to do next.
    `source`, `line` and `column` (1-based) say where, as far as it is known.
    """

    exit_code: ClassVar[int] = 2

    def __init__(
        self,
        message: str,
        *,
        source: str | None = None,
        line: int | None = None,
        column: int | None = None,
        help: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.source = source
        self.line = line
        self.column = column
        self.help = help

    def __reduce__(self) -> tuple[object, ...]:
        """Keyword arguments survive pickling, so that an error can come back from a worker process."""
        return _rebuild, (type(self), self.message, self.source, self.line, self.column, self.help)

    @property
    def location(self) -> str | None:
        """`file`, `file:line` or `file:line:column`; None where no source is known."""
        if self.source is None:
            return None
        return ":".join(str(part) for part in (self.source, self.line, self.column) if part is not None)


class UsageError(PipecheckError):
    """The command line asks for something that does not exist or does not fit together."""


class ConfigurationError(PipecheckError):
    """The configuration file is wrong; nothing is scanned."""


class RuleFileError(PipecheckError):
    """A rule file is wrong; nothing is scanned."""


class PluginError(PipecheckError):
    """A Python rule or a plug-in crashed when it was loaded; nothing is scanned."""

    exit_code = 4


class InputError(PipecheckError):
    """An input could not be read or parsed; the other inputs are still scanned."""

    exit_code = 3


class AccountError(PipecheckError):
    """A live account cannot be reached, or it lets nobody in."""

    exit_code = 3


def _rebuild(
    kind: type[PipecheckError],
    message: str,
    source: str | None,
    line: int | None,
    column: int | None,
    help: tuple[str, ...],
) -> PipecheckError:
    return kind(message, source=source, line=line, column=column, help=help)
