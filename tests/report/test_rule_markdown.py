"""docs/rules is what the rule files say."""

from __future__ import annotations

import re

from pipecheck.report.rule_markdown import rule_pages
from pipecheck.rules.catalog import load_bundled
from pipecheck.rules.frameworks import frameworks
from tests.checkout import ROOT

FOLDER = ROOT / "docs" / "rules"
PAGES = rule_pages(tuple(load_bundled(examples=True).rules.values()), frameworks())


def test_the_pages_are_those_of_the_rules() -> None:
    written = {path.relative_to(FOLDER).as_posix(): path.read_text("utf-8") for path in FOLDER.rglob("*.md")}
    stale = sorted(name for name in {*written, *PAGES} if written.get(name) != PAGES.get(name))
    assert not stale, "run python tools/rule_pages.py"


def test_every_link_leads_somewhere() -> None:
    for name, text in PAGES.items():
        here = (FOLDER / name).parent
        for target in re.findall(r"\]\(([^)]+\.md)\)", text):
            assert (here / target).resolve().relative_to(FOLDER.resolve()).as_posix() in PAGES, (name, target)
