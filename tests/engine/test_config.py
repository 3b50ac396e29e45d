"""The configuration: what it says, and that every mistake in it has a line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipecheck.engine.config.check import check_against
from pipecheck.engine.config.find import find_configuration, read_configuration
from pipecheck.engine.config.parse import parse_configuration
from pipecheck.errors import ConfigurationError
from pipecheck.rules.catalog import load_bundled


def test_nothing_written_is_the_default() -> None:
    assert parse_configuration("", "c.yaml").production == read_configuration(None).production


def test_production_and_parameters() -> None:
    text = """
production: {pipelines: shop, accounts: [111111111111, 012345670123]}
not_production: {names: [sandbox]}
parameters: {artifact-bucket-lifecycle: {min_days: 7}}
"""
    configuration = parse_configuration(text, "c.yaml")
    assert configuration.production.pipelines == ("shop",)
    assert configuration.production.accounts == ("111111111111", "012345670123")
    assert configuration.production.not_production_names == ("sandbox",)
    assert configuration.parameters["artifact-bucket-lifecycle"]["min_days"] == 7


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "help"),
    [
        ("selekt: [x]", 1, 1, "unknown key selekt", "did you mean select?"),
        ("production:\n  stack: [a]", 2, 3, "unknown key stack", "did you mean stacks?"),
        (
            "select: [{a: b}]",
            1,
            11,
            "select[0]: expected rules: an id, a glob, group:NAME, tag:NAME, framework:SLUG or ALL, found a mapping",
            None,
        ),
        ("parameters: [a]", 1, 1, "parameters: expected a mapping, found a list", None),
        ("a: b: c", 1, 5, None, None),
        ("ignore: x\nignore: ALL", 2, 1, "the key ignore stands twice: first in line 1, again in line 2", None),
    ],
)
def test_a_mistake_points_at_its_line(
    text: str, line: int, column: int, message: str | None, help: str | None
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse_configuration(text, "c.yaml")
    error = caught.value
    assert (error.source, error.line, error.column) == ("c.yaml", line, column)
    assert message is None or error.message == message
    assert help is None or error.help == (help,)


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ("artifact-store-cmk: {require_for: [nonsense]}", "expected one of all, cross-account, found 'nonsense'"),
        ("artifact-store-cmk: {require_for: [[1]]}", "expected a list of texts"),
        ("artifact-bucket-lifecycle: {min_days: soon}", "expected a whole number"),
        ("artifact-bucket-lifecycle: {min_day: 7}", "has no parameter min_day"),
        ("artifact-bucket-lifecicle: {min_days: 7}", "there is no rule artifact-bucket-lifecicle"),
    ],
)
def test_a_parameter_that_does_not_fit_is_an_error_at_its_value(rules: str, message: str) -> None:
    configuration = parse_configuration(f"parameters:\n  {rules}\n", "c.yaml")
    with pytest.raises(ConfigurationError, match=re.escape(message)) as caught:
        check_against(configuration, load_bundled())
    assert caught.value.line == 2


def test_it_is_found_upwards_as_far_as_the_repository(tmp_path: Path) -> None:
    (tmp_path / "pipecheck.yaml").write_text("")
    inner = tmp_path / "repository" / "folder"
    inner.mkdir(parents=True)
    assert find_configuration("folder", inner.parent) == str(tmp_path / "pipecheck.yaml")
    (inner.parent / ".git").mkdir()
    assert find_configuration("folder", inner.parent) is None
    (inner.parent / ".pipecheck.yaml").write_text("")
    assert find_configuration("folder", inner.parent) == str(inner.parent / ".pipecheck.yaml")


def test_a_file_that_is_not_there_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        read_configuration(str(tmp_path / "none.yaml"))
