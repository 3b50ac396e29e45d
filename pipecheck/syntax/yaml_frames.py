"""The mappings and lists under construction, one frame per level of nesting."""

from __future__ import annotations

from typing import Final

from pipecheck.syntax.document import Tagged
from pipecheck.syntax.yaml_tree import Mark, MarkedMapping, MarkedSequence

MERGE: Final = "\0<<"
"""The merge key among the keys, told from a key of the same text by identity."""


class NotMergeableError(Exception):
    """The value at `mark` of a merge key is neither a mapping nor a list of mappings."""

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark


class Anchor:
    """What a name stands for.

    `text` is the text of a scalar, None for a container. `size` is the number of values in it, each alias counted
    as a copy; None until the node is complete.
    """

    __slots__ = ("mark", "size", "text", "value")

    def __init__(self, mark: Mark) -> None:
        self.mark = mark
        self.value: object = None
        self.text: str | None = None
        self.size: int | None = None


class SequenceFrame:
    """A list under construction."""

    __slots__ = ("anchor", "mark", "node", "tag", "values_before")

    def __init__(self, mark: Mark, tag: str | None, anchor: Anchor | None, values_before: int) -> None:
        self.node = MarkedSequence()
        self.mark = mark
        self.tag = tag
        self.anchor = anchor
        self.values_before = values_before

    def add(self, value: object, mark: Mark) -> None:
        """Take the next item."""
        self.node.append(value)
        self.node.marks.append(mark)

    def finish(self) -> object:
        """The node, with its tag if it has one."""
        return self.node if self.tag is None else Tagged(self.tag, self.node)


class MappingFrame:
    """A mapping under construction.

    `key` is the key that was read last. `repeats` tells that a key came twice.
    """

    __slots__ = (
        "anchor",
        "awaits_key",
        "key",
        "key_mark",
        "mark",
        "merges",
        "node",
        "repeats",
        "tag",
        "values_before",
    )

    def __init__(self, mark: Mark, tag: str | None, anchor: Anchor | None, values_before: int) -> None:
        self.node = MarkedMapping()
        self.mark = mark
        self.tag = tag
        self.anchor = anchor
        self.values_before = values_before
        self.awaits_key = True
        self.key = ""
        self.key_mark: Mark = 0
        self.repeats = False
        self.merges: list[tuple[object, Mark]] | None = None

    def take_key(self, key: str, mark: Mark) -> None:
        """Take the key whose value comes next."""
        self.awaits_key = False
        self.key = key
        self.key_mark = mark

    def add(self, value: object, mark: Mark) -> None:
        """Take the value of the key."""
        self.awaits_key = True
        key = self.key
        if key is MERGE:
            self.merges = [*(self.merges or ()), (value, mark)]
            return
        node = self.node
        if key in node:
            self.repeats = True
        node[key] = value
        node.marks += (key, self.key_mark, mark)

    def finish(self) -> object:
        """The node, merge keys applied, with its tag if it has one. Raises NotMergeableError."""
        if self.merges is not None:
            self._merge(self.merges)
        return self.node if self.tag is None else Tagged(self.tag, self.node)

    def _merge(self, merges: list[tuple[object, Mark]]) -> None:
        """Add the entries of the merged mappings that the mapping does not have itself.

        Of several merge keys the last wins, in a list of mappings the first, as in PyYAML.
        """
        merged: dict[str, tuple[object, Mark, Mark]] = {}
        for value, mark in merges:
            for mapping in reversed(value) if isinstance(value, MarkedSequence) else (value,):
                if not isinstance(mapping, MarkedMapping):
                    raise NotMergeableError(mark)
                for key, key_mark, value_mark in mapping.entries():
                    merged[key] = mapping[key], key_mark, value_mark
        node = self.node
        for key, (value, key_mark, value_mark) in merged.items():
            if key not in node:
                node[key] = value
                node.marks += (key, key_mark, value_mark)
