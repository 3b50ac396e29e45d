"""The same pipelines written in another way get the same findings, up to their places."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from pipecheck.app.prepare import prepared_rules
from pipecheck.engine.config.configuration import Configuration
from pipecheck.engine.run import run
from pipecheck.loaders.cloudformation.template import Assumptions
from pipecheck.loaders.load import Input, load
from pipecheck.syntax.document import Tagged
from pipecheck.syntax.read import read

WEBSHOP = Path(__file__).parent.parent / "fixtures" / "webshop"
TEMPLATES = {file.name: file.read_text("utf-8") for file in sorted(WEBSHOP.glob("*.yaml"))}


def findings(texts: dict[str, str]) -> list[tuple[str, ...]]:
    loaded = load([Input(name, text) for name, text in texts.items()], Assumptions())
    assert loaded.errors == ()
    report = run(loaded.inventory, prepared_rules((), (), Configuration()), loaded.documents)
    return sorted(
        (f.rule, f.verdict.value, f.severity.value, f.message, f.fingerprint, str(f.subject)) for f in report.findings
    )


def long_form(node: object) -> object:
    """The tree with every short function in its long form, as JSON needs it."""
    match node:
        case Tagged(tag, value):
            name = tag.removeprefix("!")
            argument = value.split(".", 1) if name == "GetAtt" and isinstance(value, str) else long_form(value)
            return {name if name in {"Ref", "Condition"} else f"Fn::{name}": argument}
        case dict():
            return {key: long_form(value) for key, value in node.items()}
        case list():
            return [long_form(value) for value in node]
        case _:
            return node


def shuffled(node: object, rng: random.Random) -> object:
    """The tree with the keys of every mapping in another order."""
    if isinstance(node, dict):
        keys = list(node)
        rng.shuffle(keys)
        return {key: shuffled(node[key], rng) for key in keys}
    return [shuffled(value, rng) for value in node] if isinstance(node, list) else node


def as_json(text: str, seed: int | None = None) -> str:
    tree = long_form(read(text, "t.yaml").root)
    return json.dumps(tree if seed is None else shuffled(tree, random.Random(seed)), indent=1)  # noqa: S311 - no secret


def with_comments(text: str) -> str:
    """A comment above every line that begins a mapping entry outside block scalars, and blank lines at the top."""
    lines = ["# a comment", "", ""]
    for line in text.splitlines():
        if line.startswith(("Resources:", "Outputs:", "Parameters:", "  ")) and line.rstrip().endswith("Properties:"):
            lines.append(f"{line[: len(line) - len(line.lstrip())]}# another comment")
        lines.append(line)
    return "\n".join(lines) + "\n"


def test_the_fixture_has_something_to_say() -> None:
    assert {rule for rule, *_ in findings(TEMPLATES)} >= {"approval-before-production", "iam-admin-policy"}


def test_as_json() -> None:
    assert findings({name: as_json(text) for name, text in TEMPLATES.items()}) == findings(TEMPLATES)


@pytest.mark.parametrize("seed", range(5))
def test_with_keys_in_another_order(seed: int) -> None:
    assert findings({name: as_json(text, seed) for name, text in TEMPLATES.items()}) == findings(TEMPLATES)


def test_with_comments_and_blank_lines() -> None:
    assert findings({name: with_comments(text) for name, text in TEMPLATES.items()}) == findings(TEMPLATES)


def test_under_other_file_names() -> None:
    assert findings({f"moved/{name}": text for name, text in TEMPLATES.items()}) == findings(TEMPLATES)
