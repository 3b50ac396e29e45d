"""The floors of the house and its doors, as `[tool.importlinter]` in pyproject.toml states them."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"


def lint_imports(house: Path) -> subprocess.CompletedProcess[str]:
    """Runs the contracts of the house's pyproject.toml on the `pipecheck` package beside it."""
    return subprocess.run(
        [sys.executable, "-c", LINT_IMPORTS], cwd=house, capture_output=True, text=True, check=False
    )


def test_every_import_goes_down_and_every_foreign_package_comes_in_by_its_door() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the package and of its contracts, to break them in."""
    shutil.copytree(ROOT / "pipecheck", tmp_path / "pipecheck", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_notices_a_trespasser(house: Path) -> None:
    trespassers = {
        "values/upstairs.py": "import pipecheck.model\n",
        "app/by_the_window.py": "import click\n",
        "engine/by_the_window.py": "import boto3\nimport botocore\n",
        "rules/by_the_window.py": "import yaml\n",
        "analysis/by_the_window.py": "import tree_sitter\n",
        "report/by_the_window.py": "import sarif_om\n",
        "cli/by_the_window.py": "import jsonschema\n",
        "loaders/by_the_window.py": "def lazily():\n    import cfnlint\n",
    }
    for path, text in trespassers.items():
        (house / "pipecheck" / path).write_text(text)

    done = lint_imports(house)

    unnoticed = [c["name"] for c in CONTRACTS if f"{c['name']} BROKEN" not in done.stdout]
    assert done.returncode == 1
    assert not unnoticed, done.stdout


def test_a_package_on_no_floor_is_noticed(house: Path) -> None:
    (house / "pipecheck" / "attic").mkdir()
    (house / "pipecheck" / "attic" / "__init__.py").write_text("")

    done = lint_imports(house)

    assert done.returncode == 1
    assert "attic" in done.stdout
