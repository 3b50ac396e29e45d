"""What is said of an input that brings one of our own mistakes to light."""

from __future__ import annotations

from pipecheck.errors import InputError


def defect(uri: str, error: Exception) -> InputError:
    """The error for an input that could not be read because of an exception that nobody expected."""
    message = f"cannot be read: this is a defect of pipecheck: {type(error).__name__}: {error}"
    return InputError(message, source=uri, help=("nothing of this input is checked; please report it",))
