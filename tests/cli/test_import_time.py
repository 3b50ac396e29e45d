"""What a start loads: the everyday commands stay fast only while they import next to nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

WEBSHOP = Path(__file__).parent.parent.parent / "fixtures" / "webshop"
HEAVY = {
    "attr", "attrs", "boto3", "botocore", "cfnlint", "importlib.metadata", "jinja2", "jsonschema", "rich", "sarif_om",
    "tree_sitter", "tree_sitter_bash",
}  # fmt: skip


def modules_loaded_by(*arguments: str | Path, exit_codes: set[int]) -> set[str]:
    """Every module that `python -m pipecheck` imports, as the interpreter itself reports it."""
    command = [sys.executable, "-X", "importtime", "-m", "pipecheck", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in exit_codes, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rsplit("|", 1)[1].strip() for line in lines}


def heavy(loaded: set[str]) -> set[str]:
    return {module for module in loaded if module in HEAVY or module.split(".")[0] in HEAVY}


def test_the_version_loads_click_and_nothing_else_of_weight() -> None:
    loaded = modules_loaded_by("--version", exit_codes={0})

    assert "click" in loaded
    assert not heavy(loaded)
    assert not {"yaml", "pipecheck.loaders", "pipecheck.engine"} & loaded


@pytest.mark.parametrize("name", ["pipeline.yaml", "search-index.json"])
def test_a_scan_of_one_file_loads_nothing_of_weight(name: str) -> None:
    loaded = modules_loaded_by("scan", WEBSHOP / name, exit_codes={0, 1})

    assert "pipecheck.engine" in loaded
    assert not heavy(loaded)
