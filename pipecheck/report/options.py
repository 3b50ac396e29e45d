"""What the caller decides about the looks of a report."""

from __future__ import annotations

from pathlib import PurePath
from typing import Literal, TypeAlias

from pipecheck.values.record import record

SarifProfile: TypeAlias = Literal["full", "github"]


@record
class RenderOptions:
    """One set of options for all formats; each format reads those that it knows."""

    color: bool = False
    """Text: ANSI colours."""

    hyperlinks: bool = False
    """Text: places as OSC 8 hyperlinks; they need `base`."""

    width: int = 100
    """Text: columns that a line may fill."""

    verbose: bool = False
    """All formats: also what passes and what does not apply."""

    base: PurePath | None = None
    """The absolute folder that relative names of sources start from; None: it is not known."""

    root: PurePath | None = None
    """SARIF: the absolute root of the repository; None: it is `base`."""

    sarif_profile: SarifProfile = "full"
    """`github` holds what GitHub code scanning understands: no kinds, so no UNKNOWN unless asked for."""

    unknown_in_github: bool = False
    """SARIF, profile `github`: UNKNOWN as notes whose text starts with "Cannot tell"."""

    sarif_category: str = "pipecheck"
    """SARIF: tells this run from others on the same commit, such as one per account."""

    source_url: str | None = None
    """Markdown: where the files of the repository can be read, such as `https://github.com/o/r/blob/SHA`."""

    rule_pages: str | None = None
    """Markdown: where the pages of the rules can be read, `ID.md` each."""

    markdown_bytes: int = 1_048_576
    """Markdown: bytes that a page may have; GitHub takes a mebibyte per step
    (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits)."""
