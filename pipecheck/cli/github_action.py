"""`pipecheck github-action`: the step of action.yml that scans. It reads the variables of a workflow run alone."""

from __future__ import annotations

import os
import secrets
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from pipecheck.cli.github_publishing import Publisher
from pipecheck.cli.reporting import Scanned, counts_unknown, exit_code_of, repository_root, scanned
from pipecheck.cli.scan import command as scan_command
from pipecheck.cli.scan_options import ScanOptions
from pipecheck.errors import PipecheckError, UsageError
from pipecheck.findings.finding import Finding
from pipecheck.github.base import base_of, ensure_commit, git_environment
from pipecheck.github.inputs import AUTO, NONE, Inputs, read_inputs
from pipecheck.github.step import inert, write_outputs
from pipecheck.github.surroundings import Surroundings, surroundings
from pipecheck.report.formats import FORMATS, renderer
from pipecheck.report.github import Annotation, workflow_commands
from pipecheck.report.options import RenderOptions
from pipecheck.rules.verdict import Verdict
from pipecheck.values.record import record

_LOG_FORMATS = tuple(name for name in FORMATS if name != "github")


@record
class _Policy:
    """What a change is held to: the revision that it is compared with, and the one whose configuration holds."""

    compared_with: str | None
    taken_from: str | None


@click.command("github-action", hidden=True)
def command() -> None:
    """Scan as a step of a GitHub workflow; outputs, not the exit code, say how it went."""
    outputs = os.environ.get("GITHUB_OUTPUT")
    try:
        _run(os.environ, outputs)
    except PipecheckError as error:
        where = f"{error.location}: " if error.location else ""
        message = "\n".join((f"{where}{error.message}", *error.help))
        title = "pipecheck could not scan"
        click.echo(workflow_commands([Annotation("error", title, _printable_lines(message))], ""), nl=False)
        write_outputs(outputs, {"exit-code": error.exit_code, "upload": "false"})


def _run(variables: Mapping[str, str], outputs: str | None) -> None:
    run, inputs = surroundings(variables), read_inputs(variables)
    cwd = _working_directory(run, inputs)
    root = _root(cwd, run.workspace)
    os.environ.update(git_environment(root, run.server_url, inputs.token))
    policy = _policy(run, inputs, root)
    options, paths = _parsed(list(_arguments(inputs, policy)))
    _refuse_files(options, inputs)
    at_revision = inputs.baseline if inputs.baseline and policy.taken_from is not None else None
    result = scanned(paths, options, baseline_at_revision=at_revision)
    rendering = _rendering(run, inputs, cwd, root, unknown=counts_unknown(result, options))
    sarif, json = _write_files(result, run, inputs, rendering)
    click.echo(inert(renderer(inputs.format)(result.report, result.documents, rendering)), nl=False)
    code = exit_code_of(result, options)
    publisher = Publisher(run, inputs, rendering, result.report, result.documents, code)
    publisher.publish(variables.get("GITHUB_STEP_SUMMARY"))
    wanted = {Verdict.FAIL, Verdict.UNKNOWN} if counts_unknown(result, options) else {Verdict.FAIL}
    new = [finding for finding in result.report.findings if finding.verdict in wanted]
    known = [finding for finding in _remaining(result) if finding.verdict in wanted]
    write_outputs(
        outputs,
        {
            "exit-code": code,
            "findings": len(new) + len(known),
            "new-findings": len(new),
            "sarif-file": sarif,
            "json-file": json,
            "category": inputs.name,
            "upload": str(publisher.may_upload()).lower(),
        },
    )


def _remaining(result: Scanned) -> tuple[Finding, ...]:
    return () if result.report.comparison is None else result.report.comparison.remaining


def _working_directory(run: Surroundings, inputs: Inputs) -> Path:
    folder = run.workspace / inputs.working_directory
    try:
        os.chdir(folder)
    except OSError as error:
        raise UsageError(f"input working-directory: {error.strerror or error}", source=str(folder)) from None
    return Path.cwd()


def _root(cwd: Path, workspace: Path) -> Path:
    """The root of the checked-out repository; the workspace where the checkout was made without git."""
    root = repository_root(cwd)
    return workspace if not (root / ".git").exists() and cwd.is_relative_to(workspace) else root


def _policy(run: Surroundings, inputs: Inputs, root: Path) -> _Policy:
    """Where known findings and policy come from. Raises UsageError where that revision is not to be had."""
    if inputs.diff_base == NONE:
        return _Policy(None, None)
    base = base_of(run, root) if inputs.diff_base == AUTO else inputs.diff_base
    if base is None:
        return _Policy(None, None)
    ensure_commit(root, base)
    return _Policy(None if inputs.baseline else base, base)


def _arguments(inputs: Inputs, policy: _Policy) -> Iterator[str]:
    """The command line of the scan. Each value is one argument with its option, so that none can be an option."""
    stated = {
        "--config": inputs.config,
        "--select": inputs.select,
        "--ignore": inputs.ignore,
        "--severity": inputs.severity,
        "--fail-on": inputs.fail_on,
        "--unknown": inputs.unknown,
        "--baseline": inputs.baseline if policy.taken_from is None else "",
        "--diff-base": policy.compared_with,
        "--config-from": policy.taken_from,
    }
    yield from (f"{option}={value}" for option, value in stated.items() if value)
    try:
        yield from shlex.split(inputs.args)
    except ValueError as error:
        raise UsageError(f"input args: {error}") from None
    yield "--"
    yield from inputs.paths


def _parsed(arguments: list[str]) -> tuple[ScanOptions, tuple[str, ...]]:
    """The options and the paths, read as `pipecheck scan` reads them."""
    try:
        stated = dict(scan_command.make_context("scan", arguments).params)
    except click.ClickException as error:
        raise UsageError(error.format_message()) from None
    except click.exceptions.Exit:
        stated = {"schema": True}
    if stated.pop("schema"):
        raise UsageError("input args: --help and --schema scan nothing")
    paths = stated.pop("paths")
    return ScanOptions(**stated), paths


def _refuse_files(options: ScanOptions, inputs: Inputs) -> None:
    if options.formats or options.output:
        raise UsageError("input args: --format and --output are decided by the inputs format and sarif-file")
    if inputs.format not in _LOG_FORMATS:
        raise UsageError(f"input format: {inputs.format} is none of {', '.join(_LOG_FORMATS)}")


def _rendering(run: Surroundings, inputs: Inputs, cwd: Path, root: Path, *, unknown: bool) -> RenderOptions:
    return RenderOptions(
        base=cwd,
        root=root,
        sarif_profile="github",
        unknown_in_github=unknown,
        sarif_category=inputs.name,
        source_url=f"{run.server_url}/{run.repository}/blob/{run.head}",
        rule_pages=f"{run.action_url}/docs/rules" if run.action_url else None,
    )


def _write_files(result: Scanned, run: Surroundings, inputs: Inputs, rendering: RenderOptions) -> tuple[Path, Path]:
    """The files of the SARIF and the JSON report, in a folder of this step's own unless an input names one."""
    folder = run.temp / f"pipecheck-{secrets.token_hex(8)}"
    sarif = Path(inputs.sarif_file).absolute() if inputs.sarif_file else folder / "pipecheck.sarif"
    json = folder / "pipecheck.json"
    try:
        folder.mkdir(parents=True)
        for file, format in ((sarif, "sarif"), (json, "json")):
            file.write_text(renderer(format)(result.report, result.documents, rendering), "utf-8")
    except OSError as error:
        raise UsageError(f"cannot write a report: {error.strerror or error}", source=error.filename) from None
    return sarif, json


def _printable_lines(text: str) -> str:
    return "\n".join(
        "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in line)
        for line in text.split("\n")
    )
