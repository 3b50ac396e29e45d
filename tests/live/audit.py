"""Runs `pipecheck fetch`, `scan` and `audit` in this process."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from pipecheck.cli.group import pipecheck


def run(*arguments: str | Path) -> Result:
    """The command's result; its own crash is the test's."""
    return CliRunner().invoke(pipecheck, [str(argument) for argument in arguments], catch_exceptions=False)


def fetched(front_url: str, out: Path, *arguments: str) -> Result:
    """A fetch of Ireland and Virginia into a folder."""
    regions = (
        ()
        if "--region" in arguments or "--all-regions" in arguments
        else ("--region", "eu-west-1", "--region", "us-east-1")
    )
    return run("fetch", "--out", out, "--endpoint-url", front_url, *regions, *arguments)


def manifest(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "manifest.json").read_text())
    return found


def resource(out: Path, path: str) -> Any:
    """The properties in the one file whose path matches."""
    [file] = out.glob(path)
    return json.loads(file.read_text())["properties"]


def report(*paths: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("scan", *paths, "-f", "json", "--verbose").stdout)
    return found


def verdicts(report: Mapping[str, Any]) -> set[tuple[str, str, str]]:
    """Rule, verdict and the last of the names of the subject."""
    return {
        (finding["rule"], finding["verdict"], finding["subject"]["arn"] or finding["subject"]["address"])
        for finding in report["findings"]
    }
