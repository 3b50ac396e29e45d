"""The door of this floor: text or bytes to documents."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from pipecheck.errors import InputError
from pipecheck.syntax.document import Document
from pipecheck.syntax.limits import Limits
from pipecheck.syntax.lines import Format

_DEFAULT_LIMITS = Limits()


def read(
    text_or_bytes: str | bytes, uri: str, format: Format | None = None, limits: Limits = _DEFAULT_LIMITS
) -> Document:
    """The document in a text, of several YAML documents the first.

    `uri` names the text in errors and places. Without a `format`, a text that begins with `{` or `[` is JSON, or
    YAML where that fails; any other text is YAML. YAML that holds no document reads as null. Raises InputError,
    with line and column wherever there is one, for everything that cannot be read.
    """
    return next(_documents(text_or_bytes, uri, format, limits))


def read_all(
    text_or_bytes: str | bytes, uri: str, format: Format | None = None, limits: Limits = _DEFAULT_LIMITS
) -> tuple[Document, ...]:
    """All documents in a text, at least one, each with its places in the whole text. Otherwise like `read`."""
    return tuple(_documents(text_or_bytes, uri, format, limits))


def _documents(text_or_bytes: str | bytes, uri: str, format: Format | None, limits: Limits) -> Iterator[Document]:
    text = _text(text_or_bytes, uri, limits)
    if format != "yaml" and (format == "json" or text.lstrip(" \t\r\n")[:1] in {"{", "["}):
        from pipecheck.syntax.json_reader import json_document  # noqa: PLC0415  (only when it is needed)

        try:
            yield json_document(text, uri, limits)
        except InputError as error:
            if format == "json":
                raise
            yield from _yaml_instead(text, uri, limits, error)
    else:
        from pipecheck.syntax.yaml_reader import yaml_documents  # noqa: PLC0415  (only when it is needed)

        yield from yaml_documents(text, uri, limits)


def _yaml_instead(text: str, uri: str, limits: Limits, json_error: InputError) -> Iterator[Document]:
    """The documents as YAML; where that fails too, the error of the reader that came further."""
    from pipecheck.syntax.yaml_reader import yaml_documents  # noqa: PLC0415  (only when it is needed)

    try:
        yield from yaml_documents(text, uri, limits)
    except InputError as yaml_error:
        further = (yaml_error.line or 0, yaml_error.column or 0) > (json_error.line or 0, json_error.column or 0)
        raise (yaml_error if further else json_error) from None


def _text(text_or_bytes: str | bytes, uri: str, limits: Limits) -> str:
    data, text = _both(text_or_bytes)
    if len(data) > limits.bytes:
        raise InputError(f"is larger than {limits.bytes:,} bytes (limit: bytes)", source=uri)
    if text is None or "\0" in text:
        raise InputError("is not a text file", source=uri, help=("a text in UTF-8 is expected",))
    # All marks, not only the first: libyaml passes over one too and does not count it.
    return text.lstrip("\ufeff")
