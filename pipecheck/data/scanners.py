"""Scanners: how they are called, what they look for, and whether a finding makes them end with a failure.

Each entry of the table names the page of the tool that says so.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

CATEGORIES = ("sast", "sca", "secrets", "container", "iac", "dast", "licence", "signature", "lint", "sbom", "signing")
"""What tools look for, or what they make: the last three find nothing that stops a build by itself."""

GATES = frozenset({"sast", "sca", "secrets", "container", "iac", "dast", "licence", "signature"})
"""The categories whose findings should stop a build."""


def scanner_entries() -> list[dict[str, Any]]:
    """The entries of the table, by name."""
    entries: list[dict[str, Any]] = json.loads(Path(__file__).with_name("scanners.json").read_text("utf-8"))
    return entries
