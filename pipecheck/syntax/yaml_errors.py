"""What libyaml says about a broken text, in words that help to mend it."""

from __future__ import annotations

from yaml import MarkedYAMLError, YAMLError

from pipecheck.errors import InputError
from pipecheck.syntax.refusal import refusal


def explained(error: YAMLError, text: str, uri: str) -> InputError:
    """The error of the YAML parser as ours."""
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        return refusal(uri, text, "yaml", mark.index if mark else 0, f"not valid YAML: {error.problem}")
    return refusal(uri, text, "yaml", 0, "not valid YAML")
