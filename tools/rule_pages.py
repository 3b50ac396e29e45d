"""Writes docs/rules from the rule files, and removes pages of rules that are gone."""

from __future__ import annotations

import sys
from pathlib import Path

from pipecheck.report.rule_markdown import rule_pages
from pipecheck.rules.catalog import load_bundled
from pipecheck.rules.frameworks import frameworks


def main(folder: Path) -> None:
    """Writes the pages into the folder."""
    pages = rule_pages(tuple(load_bundled(examples=True).rules.values()), frameworks())
    for stale in set(folder.rglob("*.md")) - {folder / name for name in pages}:
        stale.unlink()
    for name, text in pages.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent / "docs" / "rules"))
