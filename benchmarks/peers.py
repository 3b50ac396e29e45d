"""The other scanners: how to install and how to call them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

PACKAGES = ("checkov", "cfn-lint", "pipeline-check")


def install(name: str, home: Path) -> Path | None:
    """The folder with the programs of a peer, installed on first use; None where it cannot be installed."""
    environment = home / name
    programs = environment / "bin"
    if not (programs / name).exists():
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        pip = [programs / "python", "-m", "pip", "install", "--quiet", name]
        if subprocess.run(pip, check=False).returncode != 0:
            return None
    subprocess.run([programs / "python", "-m", "compileall", "-q", environment / "lib"], check=False)
    return programs


def on_file(name: str, programs: Path, file: Path) -> Sequence[str | Path]:
    """The command that checks one CloudFormation template."""
    match name:
        case "checkov":
            return [programs / name, "-f", file, "--framework", "cloudformation", "--compact", "--quiet", *_OFFLINE]
        case "cfn-lint":
            return [programs / name, file]
        case _:
            return [programs / name, "-p", "cloudformation", "--cfn-template", file]


def on_folder(name: str, programs: Path, folder: Path) -> Sequence[str | Path]:
    """The command that checks a folder of CloudFormation templates."""
    match name:
        case "checkov":
            return [programs / name, "-d", folder, "--framework", "cloudformation", "--compact", "--quiet", *_OFFLINE]
        case "cfn-lint":
            return [programs / name, *sorted(folder.glob("*.yaml"))]
        case _:
            return [programs / name, "-p", "cloudformation", "--cfn-template", folder]


_OFFLINE = ("--skip-download",)
