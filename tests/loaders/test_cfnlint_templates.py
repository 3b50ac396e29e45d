"""Whole templates read by us and by cfn-lint: wherever both work out what a function stands for, they agree.

The project's own templates always; with PIPECHECK_CORPUS=FOLDER also every template below that folder. What only one
of the two works out is counted and printed (`pytest -rP` shows it).
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from pipecheck.errors import InputError
from pipecheck.loaders.cloudformation.functions import call
from pipecheck.loaders.cloudformation.stacks import Stacks
from pipecheck.loaders.cloudformation.template import Assumptions, Template
from pipecheck.loaders.cloudformation.use import elements_of
from pipecheck.loaders.node import Node, as_text, scalar_text
from pipecheck.syntax.document import Document
from pipecheck.syntax.read import read
from pipecheck.values import ALWAYS, Absent, Known, Place, Unknown, Value
from pipecheck.values.text import displayed
from tests.checkout import ROOT

pytestmark = pytest.mark.long

Resolved: TypeAlias = str | tuple[str, ...]
"""What a function stands for: a text or a list of texts."""

_MOST_VALUES = 512
"""cfn-lint stops there."""

_PSEUDO_PARAMETERS = (
    "AWS::AccountId",
    "AWS::Partition",
    "AWS::Region",
    "AWS::StackId",
    "AWS::StackName",
    "AWS::URLSuffix",
)
_SECTIONS = ("Resources", "Outputs")
_ENDINGS = frozenset({".yaml", ".yml", ".json", ".template"})
_MARK = b"AWSTemplateFormatVersion"


class Oracle:
    """cfn-lint's reading of one template."""

    def __init__(self, text: str) -> None:
        from cfnlint.context.context import create_context_for_template  # noqa: PLC0415 - a slow import for one lane
        from cfnlint.decode import decode_str  # noqa: PLC0415
        from cfnlint.jsonschema import CfnTemplateValidator  # noqa: PLC0415
        from cfnlint.template import Template as Linted  # noqa: PLC0415

        decoded, mistakes = decode_str(text)
        if decoded is None or mistakes:
            raise InputError("cfn-lint does not read it", source="template")
        self.root: Any = decoded
        linted = Linted("template.yaml", decoded, ["eu-west-1"])
        self._validator: Any = CfnTemplateValidator({}).evolve(
            context=create_context_for_template(linted), cfn=linted
        )

    def values(self, function: object) -> frozenset[Resolved]:
        """What it thinks that a function can stand for; none where it cannot tell.

        Of a conditional it leaves out a branch that it does not work out: then it knows one case only.
        """
        if not all(self._is_worked_out(branch) for branch in _branches(function)):
            return frozenset()
        found: set[Resolved] = set()
        for count, (value, _, error) in enumerate(self._validator.resolve_value(function), start=1):
            written = _plain(value)
            if error is not None or written is None or count >= _MOST_VALUES:
                return frozenset()
            found.add(written)
        return frozenset(found)

    def stack(self) -> dict[str, str]:
        """The pseudo parameters as it takes them to be, so that both speak of the same stack."""
        found = {name: self.values({"Ref": name}) for name in _PSEUDO_PARAMETERS}
        return {name: text for name, values in found.items() for text in values if isinstance(text, str)}

    def _is_worked_out(self, branch: object) -> bool:
        return call(branch) is None or any(error is None for _, _, error in self._validator.resolve_value(branch))


def _branches(tree: object) -> Iterator[object]:
    """Both branches of each conditional in a tree."""
    for function, _, _ in functions(tree, tree, Place("", ())):
        inside = call(function)
        if inside is not None and inside.name == "If" and isinstance(inside.argument, list):
            yield from inside.argument[1:]


def _plain(value: object) -> Resolved | None:
    """A text, number or boolean as a text, a list of them as a tuple; None for anything else."""
    if not isinstance(value, list):
        return _text(value)
    texts = [_text(one) for one in value]
    return None if None in texts else tuple(text for text in texts if text is not None)


def _text(value: object) -> str | None:
    """A scalar as a text; cfn-lint spells a default that is a boolean in Python's way."""
    text = scalar_text(value)
    return text.lower() if text in {"True", "False"} else text


def functions(raw: object, theirs: object, place: Place) -> Iterator[tuple[object, object, Place]]:
    """The functions of a tree with what cfn-lint has in their place; those inside others too."""
    function = call(raw)
    if function is not None:
        yield raw, theirs, place
        argument = next(iter(theirs.values())) if isinstance(theirs, dict) and len(theirs) == 1 else None
        yield from functions(function.argument, argument, place.child(*function.steps))
    elif isinstance(raw, dict) and isinstance(theirs, dict):
        for key in raw.keys() & theirs.keys():
            yield from functions(raw[key], theirs[key], place.child(key))
    elif isinstance(raw, list) and isinstance(theirs, list) and len(raw) == len(theirs):
        for index, (mine, other) in enumerate(zip(raw, theirs, strict=True)):
            yield from functions(mine, other, place.child(index))


def possible(template: Template, value: Value[Node]) -> frozenset[Resolved]:
    """The closed set of what a value can be; none where it is not closed."""
    match value:
        case Known(node) if isinstance(node.raw, list):
            elements = [possible(template, element) for element in elements_of(template, node)]
            if any(len(options) != 1 for options in elements):
                return frozenset()
            texts = [text for options in elements for text in options if isinstance(text, str)]
            return frozenset({tuple(texts)}) if len(texts) == len(elements) else frozenset()
        case Known(node):
            text = scalar_text(node.raw)
            return frozenset() if text is None else frozenset({text})
        case Absent():
            return frozenset()
        case Unknown(candidates=candidates):
            options = [possible(template, candidate) for candidate in candidates]
            return frozenset().union(*options) if all(options) else frozenset()


def _fits(pieces: tuple[str | Unknown, ...], theirs: frozenset[Resolved]) -> bool:
    """Whether a text of which parts are known can be one of theirs."""
    pattern = "".join(re.escape(piece) if isinstance(piece, str) else ".*" for piece in pieces)
    return any(isinstance(text, str) and re.fullmatch(pattern, text, re.DOTALL) for text in theirs)


def _contradiction(template: Template, open_template: Template, raw: object, place: Place, theirs: Any) -> str:
    """What the two say differently of one function; "" where nothing."""
    value = template.settle(raw, place, ALWAYS)
    ours = possible(template, value)
    if isinstance(value, Known) and ours and not ours <= theirs:
        return f"{place}: we say {sorted(map(str, ours))}, cfn-lint {sorted(map(str, theirs))}"
    if isinstance(value, Unknown) and value.pieces and not _fits(value.pieces, theirs):
        return f"{place}: we say {displayed(as_text(value))}, cfn-lint {sorted(map(str, theirs))}"
    choices = possible(open_template, open_template.settle(raw, place, ALWAYS))
    conditional = any(
        (inside := call(one)) is not None and inside.name == "If" for one, _, _ in functions(raw, raw, place)
    )
    if choices and not (choices & theirs if conditional else theirs <= choices):
        return f"{place}: without defaults we say {sorted(map(str, choices))}, cfn-lint {sorted(map(str, theirs))}"
    return ""


def compared(document: Document, oracle: Oracle) -> tuple[Counter[str], list[str]]:
    """How many functions both, only one and neither work out, and where they contradict each other."""
    template = Template(document, Assumptions(oracle.stack()), Stacks())
    open_template = Template(document, Assumptions(assume_defaults=False), Stacks())
    counts: Counter[str] = Counter()
    contradictions = []
    for section in _SECTIONS:
        theirs_section = oracle.root.get(section) or {}
        place = Place(document.uri, (section,))
        for raw, theirs, at in functions(dict(template.section(section)), theirs_section, place):
            function = call(raw)
            if theirs is None or function is None or function.name == "Condition":
                continue
            found = oracle.values(theirs)
            ours = possible(template, template.settle(raw, at, ALWAYS))
            who = {(True, True): "both", (True, False): "only we", (False, True): "only cfn-lint"}
            counts[f"{who.get((bool(ours), bool(found)), 'neither')}: {function.name}"] += 1
            said = _contradiction(template, open_template, raw, at, found) if found else ""
            if said:
                contradictions.append(said)
    return counts, contradictions


def templates(folder: Path) -> Iterator[Path]:
    """The files of a folder that say that they are CloudFormation templates."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in _ENDINGS and path.is_file() and _MARK in path.read_bytes():
            yield path


def agree(folder: Path) -> Counter[str]:
    """Compares every template below a folder that both can read; fails where any contradicts."""
    together: Counter[str] = Counter()
    contradictions: list[str] = []
    for path in templates(folder):
        text = path.read_text(encoding="utf-8", errors="replace")
        try:
            document, oracle = read(text, str(path.relative_to(folder))), Oracle(text)
        except InputError:
            together["templates that one of the two does not read"] += 1
            continue
        together["templates"] += 1
        counts, found = compared(document, oracle)
        together += counts
        contradictions += found
    for line, number in sorted(together.items()):
        print(f"{number:6} {line}")  # noqa: T201 - what only one of the two works out is to be seen
    assert not contradictions, "\n".join(contradictions)
    return together


def test_on_the_templates_of_the_project_no_function_means_something_else_to_cfnlint() -> None:
    together = agree(ROOT / "fixtures")
    assert sum(number for line, number in together.items() if line.startswith("both")) > 0


def test_on_the_templates_of_a_given_folder_no_function_means_something_else_to_cfnlint() -> None:
    folder = os.environ.get("PIPECHECK_CORPUS")
    if folder is None:
        pytest.skip("PIPECHECK_CORPUS names no folder of templates")
    together = agree(Path(folder))
    assert together["templates"] > 0
