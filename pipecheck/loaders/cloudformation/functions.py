"""CloudFormation's functions as they are written, long and short.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

from __future__ import annotations

from pipecheck.syntax.document import Tagged
from pipecheck.values.record import record

FOR_EACH = "Fn::ForEach::"
"""Begins the key of a loop; its own name follows."""

_LONG_WITHOUT_PREFIX = frozenset({"Ref", "Condition"})


@record
class Call:
    """A function and its argument. `steps` lead from the node of the call to the argument."""

    name: str
    argument: object
    steps: tuple[str, ...]


def call(raw: object) -> Call | None:
    """The function call that `raw` is, with its name without `Fn::`; None for anything else."""
    if isinstance(raw, Tagged):
        return Call(raw.tag.removeprefix("!"), _short_argument(raw), ())
    if isinstance(raw, dict) and len(raw) == 1:
        [(key, argument)] = raw.items()
        if isinstance(key, str) and (key.startswith("Fn::") or key in _LONG_WITHOUT_PREFIX):
            return Call(key.removeprefix("Fn::"), argument, (key,))
    return None


def _short_argument(raw: Tagged) -> object:
    if raw.tag == "!GetAtt" and isinstance(raw.value, str):
        return raw.value.split(".", 1)
    return raw.value
