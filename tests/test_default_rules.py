"""docs/default-rules.md speaks of the rules there are."""

from __future__ import annotations

import re

from pipecheck.rules.catalog import load_bundled
from tests.checkout import ROOT

PAGE = (ROOT / "docs" / "default-rules.md").read_text("utf-8")


def test_each_rule_is_in_the_table_with_its_default() -> None:
    rows = re.findall(r"^\| ([a-z0-9-]+-[a-z0-9-]+) \| (\w+) \| (yes|no) \|", PAGE, re.MULTILINE)
    rules = load_bundled().rules.values()
    assert set(rows) == {(rule.id, rule.severity.value, "yes" if rule.default else "no") for rule in rules}
    assert f"Of the {len(rules)} rules" in PAGE
