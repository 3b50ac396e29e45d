"""The layout of a snapshot: a folder that holds what AWS answered, one file per resource, and a manifest.

A resource lies at `<account>/<region>/<service>/<type>/<name>.json`; what belongs to no region has the region
`global`. `aws` writes the folder and the live loader reads it.
"""

from __future__ import annotations

import re
from hashlib import sha256

from pipecheck.values.record import record

RESOURCE_SCHEMA = "pipecheck/snapshot/v1"
MANIFEST_SCHEMA = "pipecheck/manifest/v1"
MANIFEST = "manifest.json"
GLOBAL = "global"
"""The region of what has none."""

UNAVAILABLE = "pipecheck:unavailable"
"""The only key of what stands in the place of an answer that was not given: its value says why."""

DENIED = "access-denied"
MISSING = "missing"
REGION_DISABLED = "region-disabled"
WITHHELD = "NOT_RETURNED:"
"""How the text begins that stands in the place of a secret; the kind of the secret follows."""

SECRET_MEMBERS = frozenset({"oauth-token", "webhook-secret"})
"""Kinds of secrets that AWS keeps for its user: that they are set says nothing of how they were given."""

_SAFE = re.compile(r"[^A-Za-z0-9._@+=,-]")
_LONGEST_NAME = 150
_HASH_LENGTH = 12


@record
class ResourceId:
    """A resource of a snapshot. `type` is `service/type`, such as `s3/bucket`; `region` may be GLOBAL."""

    account: str
    region: str
    type: str
    name: str

    @property
    def path(self) -> str:
        """Where it lies in the folder, with forward slashes."""
        return f"{self.account}/{self.region}/{self.type}/{file_name(self.name)}"


def file_name(name: str) -> str:
    """The name of a resource as that of a file, different for different names on every file system."""
    plain = _SAFE.sub("_", name)
    if plain == name and name == name.lower() and len(name) <= _LONGEST_NAME and not name.startswith("."):
        return f"{name}.json"
    return f"{plain[:_LONGEST_NAME].lstrip('.')}~{sha256(name.encode()).hexdigest()[:_HASH_LENGTH]}.json"


def unavailable(reason: str, code: str, permission: str) -> dict[str, dict[str, str]]:
    """What stands in the place of an answer: `reason` is DENIED, MISSING or another word, `code` what AWS said."""
    return {UNAVAILABLE: {"reason": reason, "code": code, "permission": permission}}


def why_unavailable(raw: object) -> dict[str, str] | None:
    """The reason in the place of an answer; None where there is an answer."""
    if isinstance(raw, dict) and isinstance(raw.get(UNAVAILABLE), dict):
        return {str(key): str(value) for key, value in raw[UNAVAILABLE].items()}
    return None


def withheld(kind: str) -> str:
    """The text in the place of a secret: `NOT_RETURNED:aws-access-key-id`."""
    return f"{WITHHELD}{kind}"
