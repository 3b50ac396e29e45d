"""Scanners that are no longer developed or no longer run at all, and what takes their place."""

from __future__ import annotations

from collections.abc import Mapping

DISCONTINUED: Mapping[tuple[str, ...], str] = {
    ("tfsec",): "tfsec is no longer developed: its checks live on in trivy config",
    ("terrascan",): "terrascan is no longer developed: its repository is archived",
    ("safety", "check"): "safety check is no longer supported: use safety scan or pip-audit",
    ("aws", "codeguru-security"): "Amazon CodeGuru Security has ended on 20 November 2025",
}
"""The first words of a command, with what to say of it.

https://aquasecurity.github.io/tfsec/latest/, https://github.com/tenable/terrascan,
https://docs.safetycli.com/, https://docs.aws.amazon.com/codeguru/latest/security-ug/what-is-codeguru-security.html
"""

WRAPPERS = frozenset({"npx", "uvx", "pipx", "run", "python", "python3", "-m", "uv", "poetry", "time"})
"""What stands before a program that it runs."""
