"""The mappings and lists under construction, one frame per level of nesting."""

from __future__ import annotations

from typing import Final, TypeAlias

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
    as a copy; -1 until the node is complete.
    """

    __slots__ = ("mark", "size", "text", "value")

    def __init__(self, mark: Mark) -> None:
        self.mark = mark
        self.value: object = None
        self.text: str | None = None
        self.size = -1


class Properties:
    """The tag and anchor of a container, and how many values had been read before it."""

    __slots__ = ("anchor", "tag", "values_before")

    def __init__(self, tag: str | None, anchor: Anchor | None, values_before: int) -> None:
        self.tag = tag
        self.anchor = anchor
        self.values_before = values_before


class SequenceFrame:
    """A list under construction."""

    __slots__ = ("mark", "node", "properties")

    def __init__(self, mark: Mark, properties: Properties | None) -> None:
        self.node = MarkedSequence()
        self.mark = mark
        self.properties = properties

    def add(self, value: object, mark: Mark) -> None:
        """Take the next item."""
        self.node.append(value)
        self.node.marks.append(mark)

    def step(self) -> int:
        """The index of the next item."""
        return len(self.node)


class MappingFrame:
    """A mapping under construction. `repeats` tells that a key came twice."""

    __slots__ = ("key", "key_mark", "mark", "merges", "node", "properties", "repeats")

    key: str
    key_mark: Mark

    def __init__(self, mark: Mark, properties: Properties | None) -> None:
        self.node = MarkedMapping()
        self.mark = mark
        self.properties = properties
        self.repeats = False
        self.merges: tuple[tuple[object, Mark], ...] = ()

    def add(self, value: object, mark: Mark) -> None:
        """Take the value of `key`."""
        key = self.key
        if key is MERGE:
            self.merges = (*self.merges, (value, mark))
            return
        node = self.node
        if key in node:
            self.repeats = True
        node[key] = value
        node.marks += (key, self.key_mark, mark)

    def step(self) -> str:
        """The key whose value is read."""
        return self.key

    def merge(self) -> None:
        """Apply the merge keys. Raises NotMergeableError.

        A merged mapping gives what the mapping does not have itself. Of several merge keys the last wins, in a list
        of mappings the first, as in PyYAML.
        """
        merged: dict[str, tuple[object, Mark, Mark]] = {}
        for value, mark in self.merges:
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


Frame: TypeAlias = MappingFrame | SequenceFrame
