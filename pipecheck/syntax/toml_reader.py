"""TOML text to trees. Dates and times stay what `tomllib` makes of them."""

from __future__ import annotations

import re
import tomllib

from pipecheck.errors import InputError
from pipecheck.syntax.document import Document
from pipecheck.syntax.limits import Limits
from pipecheck.syntax.lines import LineTable
from pipecheck.syntax.toml_locator import TomlLocator

_WHERE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def toml_document(text: str, uri: str, limits: Limits) -> Document:
    """The document in a text. Raises InputError."""
    try:
        root = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _explained(error, text, uri) from None
    except RecursionError:
        raise InputError(f"more than {limits.depth} levels (limit: depth)", source=uri) from None
    return Document(uri, LineTable(text, "toml"), root, TomlLocator(text, root))


def _explained(error: tomllib.TOMLDecodeError, text: str, uri: str) -> InputError:
    found = _WHERE.search(str(error))
    message = "is no TOML: " + _WHERE.sub("", str(error))
    if found is None or found.group(1) is None:
        lines = text.split("\n")
        return InputError(message, source=uri, line=len(lines), column=len(lines[-1]) + 1)
    return InputError(message, source=uri, line=int(found.group(1)), column=int(found.group(2)))
