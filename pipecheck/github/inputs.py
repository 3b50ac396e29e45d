"""The inputs of the action, which reach it as variables of one step: data, never part of a command."""

from __future__ import annotations

from collections.abc import Mapping

from pipecheck.errors import UsageError
from pipecheck.values.record import record

PREFIX = "PIPECHECK_INPUT_"
ANNOTATIONS = ("auto", "checks", "commands", "none")
UPLOADS = ("auto", "true", "false")
AUTO = "auto"
NONE = "none"


@record
class Inputs:
    """What a workflow asks for. "" and () mean that it does not say; `args` is a command line to be split."""

    paths: tuple[str, ...]
    config: str
    select: str
    ignore: str
    severity: str
    fail_on: str
    unknown: str
    baseline: str
    diff_base: str
    format: str
    sarif_file: str
    upload_sarif: str
    annotations: str
    summary: bool
    comment: bool
    category: str
    args: str
    working_directory: str
    token: str

    @property
    def name(self) -> str:
        """What tells the reports of this use of the action from those of others on the same commit."""
        folder = self.working_directory.strip("/")
        return self.category or ("pipecheck" if folder in ("", ".") else f"pipecheck/{folder}")


def read_inputs(variables: Mapping[str, str]) -> Inputs:
    """The inputs in the variables. Raises UsageError for one that is no value of its kind."""

    def text(name: str) -> str:
        return variables.get(PREFIX + name.replace("-", "_").upper(), "").strip()

    return Inputs(
        paths=tuple(line.strip() for line in text("paths").splitlines() if line.strip()) or (".",),
        config=text("config"),
        select=",".join(text("select").split("\n")),
        ignore=",".join(text("ignore").split("\n")),
        severity=text("severity"),
        fail_on=text("fail-on"),
        unknown=text("unknown"),
        baseline=text("baseline"),
        diff_base=text("diff-base") or AUTO,
        format=text("format") or "text",
        sarif_file=text("sarif-file"),
        upload_sarif=_one_of("upload-sarif", text("upload-sarif") or AUTO, UPLOADS),
        annotations=_one_of("annotations", text("annotations") or AUTO, ANNOTATIONS),
        summary=_one_of("summary", text("summary") or "true", ("true", "false")) == "true",
        comment=_one_of("comment", text("comment") or "false", ("true", "false")) == "true",
        category=text("category"),
        args=text("args"),
        working_directory=text("working-directory"),
        token=text("github-token"),
    )


def _one_of(name: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise UsageError(f"input {name}: {value} is none of {', '.join(known)}")
    return value
