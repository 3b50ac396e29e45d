"""What docs/writing-rules.md says of the format is so."""

from __future__ import annotations

import re

import pytest

from pipecheck.rules.cel import compile_condition
from pipecheck.rules.examples import FORMATS
from pipecheck.rules.expression import scope_of
from pipecheck.rules.file import STATUSES, read_rule
from pipecheck.rules.functions import named_functions
from pipecheck.rules.parameters import TYPES
from pipecheck.rules.severity import Severity
from pipecheck.rules.subjects import KINDS
from pipecheck.syntax.read import read
from tests.checkout import ROOT

PAGE = (ROOT / "docs" / "writing-rules.md").read_text("utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


def test_every_kind_of_subject_is_listed_with_its_variables() -> None:
    listed = dict(re.findall(r"^\| `(\w+)` \| (`\w+: .*?) \|$", PAGE, re.MULTILINE))
    shown = {kind: dict(re.findall(r"`(\w+): (\w+)`", cell)) for kind, cell in listed.items()}
    expected = {kind: {name: cls.__name__ for name, cls in names.items()} for kind, names in KINDS.items()}
    assert shown == expected


def test_every_named_function_is_listed() -> None:
    (row,) = re.findall(r"^\| own functions \| (.*) \|$", PAGE, re.MULTILINE)
    assert set(re.findall(r"`(\w+)\(", row)) == set(named_functions())


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("severity", [severity.value for severity in reversed(Severity)]),
        ("status", STATUSES),
        ("type", TYPES),
    ],
)
def test_the_values_of_a_key_are_listed(key: str, values: list[str]) -> None:
    (line,) = [line for line in BLOCKS[0].splitlines() if re.match(rf" *{key}: ", line)]
    comment = re.sub(r"\(.*?\)", "", line.split("#", 1)[1])
    assert [word.strip() for word in comment.split(";")[-1].split("|")] == list(values)


def test_the_formats_of_examples_are_those_shown() -> None:
    shown = read(BLOCKS[1].replace("…", "x: 1"), "examples.yaml").root
    assert isinstance(shown, dict)
    cases = shown["examples"]
    assert {key for case in cases for key in case} - {"files"} >= set(FORMATS)


def test_the_file_that_is_shown_is_a_rule() -> None:
    text = BLOCKS[0].replace("examples: […]", "examples: []").replace("  …\n", "  text\n")
    rule = read_rule(text, "rules/artifacts/artifact-store-cmk.yaml")
    assert rule.require is not None
    compile_condition(rule.require, scope_of(rule))
