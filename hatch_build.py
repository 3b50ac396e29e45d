"""Builds the rules of a wheel into one file, which reads in a hundredth of the time of theirs."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PrebuiltRules(BuildHookInterface[Any]):
    """Adds `pipecheck/_rules/catalog.json` to a wheel; an editable one reads the rule files of its checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Writes the file and has it packed."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from pipecheck.rules.catalog import prebuilt  # noqa: PLC0415 - not to be found before
        from pipecheck.rules.prebuilt import FILE_NAME  # noqa: PLC0415

        self._scratch = TemporaryDirectory()
        file = Path(self._scratch.name, FILE_NAME)
        file.write_text(prebuilt(Path(self.root, "rules")), "utf-8")
        build_data["force_include"][str(file)] = f"pipecheck/_rules/{FILE_NAME}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Removes what `initialize` wrote."""
        if version != "editable":
            self._scratch.cleanup()
