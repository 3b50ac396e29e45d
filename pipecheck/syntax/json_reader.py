"""JSON text to trees."""

from __future__ import annotations

import json

from pipecheck.errors import InputError
from pipecheck.syntax.document import Document
from pipecheck.syntax.json_errors import bracket_at_depth, first_outside_strings, lone_surrogate
from pipecheck.syntax.json_locator import JsonLocator
from pipecheck.syntax.limits import Limits
from pipecheck.syntax.lines import LineTable
from pipecheck.syntax.refusal import refusal


class _ConstantError(Exception):
    """NaN or Infinity stands where a value should."""


def json_document(text: str, uri: str, limits: Limits) -> Document:
    """The document in `text`.

    Raises json.JSONDecodeError where the text is no JSON, InputError where it is and is refused.
    """

    def refused(offset: int, message: str) -> InputError:
        return refusal(uri, text, "json", offset, message)

    try:
        root = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError:
        raise
    except _ConstantError:
        offset = first_outside_strings(text, "-?Infinity|NaN")
        raise refused(offset, "NaN and Infinity are no values in JSON") from None
    except RecursionError:
        root, depth, values = None, limits.depth + 1, 0
    except ValueError:  # Python's guard against conversion in quadratic time
        offset = first_outside_strings(text, "-?[0-9]{4300,}")
        raise refused(offset, "a number with more than 4,300 digits") from None
    else:
        depth, values = _measure(root)
    if depth > limits.depth:
        message = f"nested more than {limits.depth} levels deep (limit: depth)"
        raise refused(bracket_at_depth(text, limits.depth), message)
    if values > limits.nodes:
        raise refused(0, f"more than {limits.nodes:,} values (limit: nodes)")
    surrogate = lone_surrogate(text)
    if surrogate is not None:
        raise refused(surrogate, "half of a surrogate pair, which stands for no character")
    return Document(uri, LineTable(text, "json"), root, JsonLocator(text, root))


def _refuse_constant(name: str) -> object:
    raise _ConstantError(name)


def _measure(root: object) -> tuple[int, int]:
    """How deep the containers of the tree are nested, and how many values it holds."""
    depth = 0
    values = 1
    level = [root] if isinstance(root, dict | list) else []
    while level:
        depth += 1
        values += sum(map(len, level))
        level = [
            value
            for container in level
            for value in (container.values() if type(container) is dict else container)
            if type(value) is dict or type(value) is list
        ]
    return depth, values
