"""Writes the snapshot folder, and reads back what an earlier run has written."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from pipecheck.aws.redact import redacted
from pipecheck.errors import UsageError
from pipecheck.model.snapshot import MANIFEST, MANIFEST_SCHEMA, RESOURCE_SCHEMA, ResourceId, why_unavailable

_ONLY_OWNER = 0o700


class Folder:
    """A snapshot on disk. Files appear whole or not at all, so that an interrupted run leaves none half written."""

    def __init__(self, root: Path, *, resume: bool) -> None:
        """`resume` goes on with what lies there. Raises UsageError where the folder holds something else."""
        self.root = root
        self._resume = resume
        try:
            root.mkdir(mode=_ONLY_OWNER, parents=True, exist_ok=True)
            occupied = next(root.iterdir(), None) is not None
        except OSError as error:
            raise UsageError(f"cannot be written: {error.strerror or error}", source=str(root)) from None
        if occupied and not (root / MANIFEST).is_file():
            raise UsageError(
                "the folder is not empty and holds no snapshot", source=str(root), help=("name a new folder",)
            )
        if occupied and not resume:
            raise UsageError(
                "the folder already holds a snapshot",
                source=str(root),
                help=("go on with it with --resume, or name a new folder",),
            )

    def write(self, id: ResourceId, arn: str, properties: object) -> None:
        """Writes a resource, without its secrets."""
        body = {
            "schema": RESOURCE_SCHEMA,
            "account": id.account,
            "region": id.region,
            "type": id.type,
            "name": id.name,
            "arn": arn,
            "properties": properties if why_unavailable(properties) else redacted(_plain(properties)),
        }
        self._write(id.path, body)

    def properties(self, id: ResourceId) -> dict[str, object] | None:
        """What an earlier run has written of a resource; None where it wrote nothing, or could not read it."""
        if not self._resume:
            return None
        try:
            body = json.loads((self.root / id.path).read_text("utf-8"))
        except (OSError, ValueError):
            return None
        properties = body.get("properties") if isinstance(body, dict) else None
        return properties if isinstance(properties, dict) else None

    def write_manifest(self, manifest: Mapping[str, object]) -> None:
        """Writes what the run did."""
        self._write(MANIFEST, {"schema": MANIFEST_SCHEMA, **manifest})

    def _write(self, path: str, body: Mapping[str, object]) -> None:
        target = self.root / path
        try:
            target.parent.mkdir(mode=_ONLY_OWNER, parents=True, exist_ok=True)
            scratch = target.with_name(f".{target.name}.part")
            scratch.write_text(json.dumps(body, indent=2, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
            os.replace(scratch, target)  # noqa: PTH105 - Path.replace is the same call with more steps
        except OSError as error:
            raise UsageError(f"cannot be written: {error.strerror or error}", source=str(target)) from None


def _plain(value: object) -> object:
    """AWS's answer as JSON holds it: times as texts, without what belongs to the call alone."""
    match value:
        case dict():
            return {str(key): _plain(inner) for key, inner in value.items() if key != "ResponseMetadata"}
        case list() | tuple():
            return [_plain(element) for element in value]
        case datetime():
            return value.isoformat()
        case bytes():
            return value.decode("utf-8", "replace")
        case _:
            return value
