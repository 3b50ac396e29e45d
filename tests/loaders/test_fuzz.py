"""Random bytes, random trees and mutated templates: a result or clear errors from every loader, soon, never a crash.

PIPECHECK_CORPUS may name a folder whose files are mutated too.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipecheck.engine.config.parse import parse_configuration
from pipecheck.errors import PipecheckError
from pipecheck.loaders.cloudformation.template import Assumptions
from pipecheck.loaders.load import Input, load
from pipecheck.loaders.parameters_file import read_parameters
from pipecheck.loaders.source_tree import Texts
from tests.checkout import ROOT

few = settings(max_examples=80, deadline=None)
thousands = settings(few, max_examples=3000)
SEEDS = st.integers(0, 2**64 - 1)
SECONDS = 2

_WORDS = (
    "Resources", "Type", "Properties", "Condition", "Conditions", "Parameters", "Default", "AllowedValues",
    "Mappings",
    "Outputs", "Export", "Name", "Value", "Transform", "AWS::LanguageExtensions", "AWS::Include",
    "Location",
    "AWS::CodePipeline::Pipeline", "AWS::IAM::Role", "AWS::CodeBuild::Project", "AWS::S3::Bucket", "AWS::KMS::Key",
    "AWS::CloudFormation::Stack", "TemplateURL", "AWS::IAM::ManagedPolicy", "AWS::NoValue", "AWS::Region", "Stages",
    "Actions", "ActionTypeId", "Configuration", "PolicyDocument", "Statement", "Effect", "Allow", "Action",
    "Resource",
    "Principal", "Roles", "Source", "BuildSpec", "Environment", "version", "phases", "commands", "env", "stages",
    "roleArn", "pipeline", "artifactStore", "a", "b", "", "*", "true", "0", "-1", "${a}", "${!a}", "${", "a.b", "[x",
    "{{resolve:ssm:a}}", "{{resolve:", "x: ${a}\ny: 1", "./a.yaml", "9" * 30, "\ue000", "é\U0001f600",
    "buildspec.yml",
)  # fmt: skip
_FUNCTIONS = (
    "Ref", "Fn::If", "Fn::Sub", "Fn::Join", "Fn::Select", "Fn::Split", "Fn::FindInMap", "Fn::GetAtt",
    "Fn::ImportValue",
    "Fn::Cidr", "Fn::Length", "Fn::Base64", "Fn::ToJsonString", "Fn::GetAZs", "Fn::Transform", "Fn::ForEach::a",
    "Fn::Equals", "Fn::And", "Fn::Or", "Fn::Not", "Condition", "Fn::Nothing",
)  # fmt: skip
_SCALARS = (None, True, False, 0, -1, 10**30, 1.5, 1e300)


class Trees:
    """Random trees with the keys of templates."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def tree(self, depth: int) -> object:
        random = self._random
        match random.randrange(8) if depth else 7:
            case 0 | 1:
                return {random.choice(_WORDS): self.tree(depth - 1) for _ in range(random.randrange(5))}
            case 2:
                return [self.tree(depth - 1) for _ in range(random.randrange(4))]
            case 3 | 4:
                return {random.choice(_FUNCTIONS): self.tree(depth - 1)}
            case 5:
                return random.choice(_SCALARS)
            case _:
                return random.choice(_WORDS)

    def template(self) -> object:
        random = self._random
        kinds = [word for word in _WORDS if word.startswith("AWS::") and word.count("::") == 2]
        resources = {
            name: {"Type": random.choice(kinds), "Properties": self.tree(5), "Condition": random.choice("abc")}
            for name in random.sample("abcde", 3)
        }
        sections = ("Conditions", "Parameters", "Mappings", "Outputs", "Transform")
        made = {name: self._section() for name in sections if random.random() < 0.6}
        return {"Resources": resources, **made}

    def _section(self) -> object:
        if self._random.random() < 0.1:
            return self.tree(3)
        return {self._random.choice("abcde"): self.tree(4) for _ in range(3)}

    def mutated(self, tree: object) -> object:
        """The tree with some nodes replaced, dropped or put elsewhere."""
        random = self._random
        if random.random() < 0.03:
            return self.tree(3)
        match tree:
            case dict():
                kept = {key: self.mutated(value) for key, value in tree.items() if random.random() < 0.98}
                if len(kept) > 1 and random.random() < 0.05:
                    first, second = random.sample(list(kept), 2)
                    kept[first], kept[second] = kept[second], kept[first]
                return kept
            case list():
                return [self.mutated(one) for one in tree if random.random() < 0.97]
            case _:
                return tree


@cache
def templates() -> Sequence[bytes]:
    """The texts of the project's fixtures and examples, and of the corpus."""
    found: list[bytes] = []
    folders = [ROOT / "fixtures", ROOT / "rules"]
    if "PIPECHECK_CORPUS" in os.environ:
        folders.append(Path(os.environ["PIPECHECK_CORPUS"]))
    for folder in folders:
        endings = {".yaml", ".yml", ".json", ".template"}
        files = (path for path in sorted(folder.rglob("*")) if path.suffix in endings and path.is_file())
        found += (path.read_bytes() for path in files if path.stat().st_size < 300_000)
    return found


def mangled(data: bytes, random: Random) -> bytes:
    """The bytes with some cut out, doubled, swapped or replaced."""
    for _ in range(random.randrange(1, 6)):
        start = random.randrange(len(data) + 1)
        end = min(len(data), start + random.choice((1, 1, 2, 10, 200)))
        middle = random.choice((
            b"", data[start:end] * 2, random.randbytes(end - start), random.choice(_WORDS).encode(),
            random.choice((b"[", b"]", b"{", b"}", b":", b"\n", b"  ", b"&a ", b"*a ", b"!Ref ", b"!Sub ", b"|\n", b"- ", b'"')),  # noqa: E501
        ))  # fmt: skip
        data = data[:start] + middle + data[end:]
    return data


def random_bytes(random: Random) -> bytes:
    letters = [b"AWS::", b"Resources:", b"stages", *(word.encode() for word in _WORDS)]
    parts = (
        random.choice((random.randbytes(5), random.choice(letters), b"\n", b": ", b"- ", b" "))
        for _ in range(random.randrange(60))
    )
    return b"".join(parts)


def random_tree(random: Random) -> bytes:
    trees = Trees(random)
    return json.dumps(trees.tree(7) if random.random() < 0.2 else trees.template()).encode()


def mutated_file(random: Random) -> bytes:
    data = random.choice(templates())
    if random.random() < 0.5:
        return mangled(data, random)
    from pipecheck.syntax.read import read  # noqa: PLC0415

    try:
        root = read(data, "x").root
    except PipecheckError:
        return mangled(data, random)
    return json.dumps(Trees(random).mutated(root), default=lambda tag: {"Fn::" + tag.tag[1:]: tag.value}).encode()


def survives(data: bytes, random: Random) -> None:
    """Every loader takes the bytes, and says so in its own kind of error where it does not."""
    start = time.process_time()
    good = random.choice(templates())
    inputs = [Input("a.yaml", data, named=True), Input("b.yaml", good)]
    files = Texts({"buildspec.yml": data, "a.yaml": data})
    for error in load(inputs, Assumptions({}, random.random() < 0.5), files).errors:
        assert "defect" not in error.message, error.message
    project = {"Type": "AWS::CodeBuild::Project", "Properties": {"Source": {"Type": "CODEPIPELINE"}}}
    text = json.dumps({"Resources": {"P": project, "Q": _inline(data)}})
    for error in load([Input("c.json", text)], Assumptions(), files).errors:
        assert "defect" not in error.message, error.message
    for reader in (read_parameters, parse_configuration):
        _takes(reader, data)
    assert time.process_time() - start < SECONDS


def _inline(data: bytes) -> object:
    source = {"Type": "S3", "BuildSpec": "version: 0.2\n" + data.decode("utf-8", "replace")}
    return {"Type": "AWS::CodeBuild::Project", "Properties": {"Source": source}}


def _takes(reader: Callable[[bytes, str], object], data: bytes) -> None:
    with contextlib.suppress(PipecheckError):
        reader(data, "x")


MAKERS = [random_bytes, random_tree, mutated_file]


@pytest.mark.parametrize("make", MAKERS)
@few
@given(SEEDS)
def test_every_loader_survives(make: Callable[[Random], bytes], seed: int) -> None:
    random = Random(seed)  # noqa: S311 - no secret
    survives(make(random), random)


@pytest.mark.long
@pytest.mark.parametrize("make", MAKERS)
@thousands
@given(SEEDS)
def test_every_loader_survives_thousands(make: Callable[[Random], bytes], seed: int) -> None:
    random = Random(seed)  # noqa: S311 - no secret
    survives(make(random), random)
