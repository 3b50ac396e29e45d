"""YAML text to trees, from the events of libyaml."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml
from yaml.events import DocumentEndEvent, DocumentStartEvent, StreamEndEvent

from pipecheck.syntax.document import Document
from pipecheck.syntax.limits import Limits
from pipecheck.syntax.lines import LineTable
from pipecheck.syntax.refusal import refusal
from pipecheck.syntax.yaml_builder import Builder, NextEvent
from pipecheck.syntax.yaml_errors import explained

_MOST_DIRECTIVES = 100
"""libyaml compares every `%TAG` with every other: 100,000 of them take ten seconds."""


def yaml_documents(text: str, uri: str, limits: Limits) -> Iterator[Document]:
    """The documents of `text` one by one, at least one: a text without any is null. Raises InputError."""
    lines = LineTable(text, "yaml")
    count = 0
    try:
        _refuse_many_directives(text, uri)
        next_event = _events(text)
        while (kind := type(event := next_event())) is not StreamEndEvent:
            if kind is DocumentStartEvent:
                count += 1
                if count > limits.documents:
                    message = f"more than {limits.documents:,} documents (limit: documents)"
                    raise refusal(uri, text, "yaml", event.start_mark.index, message)
                yield Builder(lines, uri, limits, next_event).document()
        if count == 0:
            yield Builder(lines, uri, limits, DocumentEndEvent).document()
    except yaml.YAMLError as error:
        raise explained(error, text, uri) from None


def _events(text: str) -> NextEvent:
    """A function that returns the next event of the text at each call."""
    try:
        from yaml._yaml import CParser  # noqa: PLC0415  (missing where PyYAML was built without libyaml)
    except ImportError:
        return iter(yaml.parse(text)).__next__
    return CParser(text).get_event


def _refuse_many_directives(text: str, uri: str) -> None:
    if text.count("%TAG") > _MOST_DIRECTIVES:
        directives = list(re.finditer(r"(?:^|[\n\r\x85\u2028\u2029])%TAG", text))
        if len(directives) > _MOST_DIRECTIVES:
            offset = directives[_MOST_DIRECTIVES].end() - len("%TAG")
            raise refusal(uri, text, "yaml", offset, f"more than {_MOST_DIRECTIVES} %TAG directives")
