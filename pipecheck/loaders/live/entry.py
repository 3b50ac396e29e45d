"""One file of a snapshot: a resource, or the list of those of a type."""

from __future__ import annotations

from typing import Any

from pipecheck.loaders.live.scope import LiveScope, Put, unseen
from pipecheck.loaders.node import Node
from pipecheck.model.snapshot import RESOURCE_SCHEMA, why_unavailable
from pipecheck.syntax.document import Document
from pipecheck.values import Known, Place, Unknown
from pipecheck.values.record import record

_PROPERTIES = "properties"


@record
class Entry:
    """A file of a snapshot. `type` is `service/type`; `properties` are what AWS answered, None where nothing."""

    uri: str
    account: str
    region: str
    type: str
    name: str
    arn: str
    properties: dict[str, Any]
    why: dict[str, str] | None

    @property
    def place(self) -> Place:
        """Where the answers stand."""
        return Place(self.uri, (_PROPERTIES,))

    def node(self, *route: str, **others: object) -> Node:
        """The mapping below the properties, with further members where a template has them.

        An unknown one where AWS gave no answer.
        """
        place = self.place.child(*route)
        if self.why is not None:
            return Node(unseen(self.why, self.place), place, LiveScope())
        raw: Any = self.properties
        for step in route:
            raw = raw.get(step) if isinstance(raw, dict) else None
        why = why_unavailable(raw)
        if why is not None:
            return Node(unseen(why, place), place, LiveScope())
        return Node({**raw, **others} if isinstance(raw, dict) else raw, place, LiveScope())

    def put(self, *route: str | int) -> Put | None:
        """What stands below the properties, for use elsewhere; None where nothing does."""
        raw: Any = self.properties
        for step in route:
            if why_unavailable(raw) is not None:
                return Put(raw, self.place)
            if isinstance(raw, dict):
                raw = raw.get(str(step))
            elif isinstance(raw, list) and isinstance(step, int):
                raw = raw[step]
            else:
                return None
        return None if raw is None else Put(raw, self.place.child(*route))

    def known(self, member: str, text: str) -> Known[str]:
        """A text of the file's head: its name, account or region."""
        return Known(text, Place(self.uri, (member,)))

    @property
    def unknown(self) -> Unknown | None:
        """Why AWS gave no answer at all; None where it gave one."""
        return None if self.why is None else unseen(self.why, self.place)


def entry_of(document: Document) -> Entry | None:
    """The entry of a file; None for the manifest and for files that are damaged."""
    root = document.root
    if not isinstance(root, dict) or root.get("schema") != RESOURCE_SCHEMA:
        return None
    texts = [root.get(key) for key in ("account", "region", "type", "name", "arn")]
    properties = root.get(_PROPERTIES)
    if not all(isinstance(text, str) for text in texts) or not isinstance(properties, dict):
        return None
    account, region, type, name, arn = map(str, texts)
    why = why_unavailable(properties)
    return Entry(document.uri, account, region, type, name, arn, {} if why else properties, why)
