"""A checkout reads its rule files once, and again whenever one of them changes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipecheck.rules import remembered as module
from pipecheck.rules.file import read_rule_without_examples
from pipecheck.rules.remembered import remembered
from pipecheck.rules.rule import Rule
from tests.rules.test_catalog import TEMPLATE

Read = Callable[[], tuple[Rule, ...]]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(module, "__file__", str(tmp_path / "rules" / "remembered.py"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "rules").mkdir()
    file = tmp_path / "iam-one.yaml"
    file.write_text(TEMPLATE.format(id="iam-one"), "utf-8")
    return file


def reader(file: Path) -> tuple[Read, list[Path]]:
    reads: list[Path] = []

    def read() -> tuple[Rule, ...]:
        reads.append(file)
        return (read_rule_without_examples(file.read_text("utf-8"), "rules/iam/iam-one.yaml"),)

    return read, reads


def test_unchanged_files_are_read_once(file: Path) -> None:
    read, reads = reader(file)
    assert remembered([file], read) == remembered([file], read) == read()
    assert len(reads) == 2


def test_a_changed_file_is_read_again(file: Path) -> None:
    read, reads = reader(file)
    remembered([file], read)
    file.write_text(TEMPLATE.format(id="iam-one").replace("severity: low", "severity: high"), "utf-8")
    assert remembered([file], read)[0].severity.value == "high"
    assert len(reads) == 2


def test_changed_code_reads_again(file: Path, tmp_path: Path) -> None:
    read, reads = reader(file)
    remembered([file], read)
    (tmp_path / "rules" / "file.py").write_text("# another reader", "utf-8")
    remembered([file], read)
    assert len(reads) == 2


@pytest.mark.parametrize("damage", ["", "{}", "[]\n[{}]", "\x00"])
def test_a_damaged_memory_is_written_anew(file: Path, tmp_path: Path, damage: str) -> None:
    read, reads = reader(file)
    remembered([file], read)
    [memory] = (tmp_path / "rules" / "__pycache__").iterdir()
    memory.write_text(damage, "utf-8")
    assert remembered([file], read) == read()
    assert remembered([file], read) == read()
    assert len(reads) == 4


def test_nothing_is_written_where_python_writes_no_bytecode(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    read, _ = reader(file)
    remembered([file], read)
    assert not (tmp_path / "rules" / "__pycache__").exists()
