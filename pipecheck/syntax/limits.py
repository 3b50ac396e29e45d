"""What a scanned text may cost before it is refused."""

from __future__ import annotations

from pipecheck.values.record import record


@record
class Limits:
    """The most that one input may hold. Going beyond any of them is an `InputError` that names the limit."""

    bytes: int = 10 * 1024 * 1024
    """Size of the encoded text."""

    depth: int = 256
    """Mappings and lists inside each other."""

    nodes: int = 1_000_000
    """Values in one document, each alias counted as a copy of what it stands for."""

    expansion: int = 100_000
    """Values of one document that aliases alone add."""

    documents: int = 10_000
    """YAML documents in one text."""
