"""The reference of the configuration: its examples are right, and it speaks of every key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipecheck.engine.config.check import check_against
from pipecheck.engine.config.keys import CONFIGURATION
from pipecheck.engine.config.parse import parse_configuration
from pipecheck.rules.catalog import load_bundled

PAGE = (Path(__file__).parent.parent.parent / "docs" / "configuration.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```(yaml|toml)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("language", "text"), EXAMPLES)
def test_every_example_is_a_configuration(language: str, text: str) -> None:
    source = "pyproject.toml" if language == "toml" else "pipecheck.yaml"
    check_against(parse_configuration(text, source), load_bundled())


def test_every_key_has_an_example() -> None:
    texts = "".join(text for language, text in EXAMPLES if language == "yaml")
    shown = set(re.findall(r"^(\w+):", texts, re.MULTILINE))
    assert shown == set(CONFIGURATION.keys)
