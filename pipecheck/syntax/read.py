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
    if format == "toml":
        from pipecheck.syntax.toml_reader import toml_document  # noqa: PLC0415 - only for a configuration

        yield toml_document(text, uri, limits)
    elif format == "yaml" or (format is None and text.lstrip(" \t\r\n")[:1] not in {"{", "["}):
        yield from _yaml(text, uri, limits)
    else:
        yield from _json(text, uri, limits, or_yaml=format is None)


def _json(text: str, uri: str, limits: Limits, *, or_yaml: bool) -> Iterator[Document]:
    """The document as JSON, else perhaps as YAML; where both fail, the error of the reader that came further."""
    from json import JSONDecodeError  # noqa: PLC0415  (none of these when YAML is all there is)

    from pipecheck.syntax.json_errors import explained  # noqa: PLC0415
    from pipecheck.syntax.json_reader import json_document  # noqa: PLC0415

    try:
        yield json_document(text, uri, limits)
    except JSONDecodeError as broken:
        json_error = explained(broken, text, uri)
    else:
        return
    if not or_yaml:
        raise json_error
    try:
        yield from _yaml(text, uri, limits)
    except InputError as yaml_error:
        further = (yaml_error.line or 0, yaml_error.column or 0) > (json_error.line or 0, json_error.column or 0)
        raise (yaml_error if further else json_error) from None


def _yaml(text: str, uri: str, limits: Limits) -> Iterator[Document]:
    from pipecheck.syntax.yaml_reader import yaml_documents  # noqa: PLC0415  (not when JSON is all there is)

    return yaml_documents(text, uri, limits)


def _text(text_or_bytes: str | bytes, uri: str, limits: Limits) -> str:
    try:
        data = text_or_bytes.encode() if isinstance(text_or_bytes, str) else text_or_bytes
        if len(data) > limits.bytes:
            raise InputError(f"is larger than {limits.bytes:,} bytes (limit: bytes)", source=uri)
        text = text_or_bytes if isinstance(text_or_bytes, str) else _decoded(text_or_bytes)
    except UnicodeError:
        text = "\0"
    if "\0" in text:
        raise InputError("is not a text file", source=uri, help=("a text in UTF-8 is expected",))
    # All marks, not only the first: libyaml passes over another one without counting it.
    return text.lstrip("\ufeff")


def _decoded(data: bytes) -> str:
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data.decode("utf-16" if utf16 else "utf-8")
