"""`pipecheck baseline`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pipecheck.cli.group import note
from pipecheck.cli.reporting import scanned
from pipecheck.cli.scan_options import ScanOptions, scan_options
from pipecheck.errors import UsageError
from pipecheck.rules.verdict import Verdict
from pipecheck.values.record import replace


@click.group("baseline")
def command() -> None:
    """Remember the findings of today, so that later scans report what is new."""


@command.command("write")
@click.argument("file", metavar="FILE")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@scan_options
@click.pass_context
def write(ctx: click.Context, /, file: str, paths: tuple[str, ...], **options: Any) -> None:
    """Scan, and write what is found to FILE; `pipecheck scan --baseline FILE` then reports only what is new.

    Findings that are suppressed are left out: they return when their suppression ends. PATH and the options are those
    of `pipecheck scan`, which should be the same in both.

    \b
    Exit codes: 0  written                           3  written, but an input could not be read, or there was none
                2  wrong usage or configuration      4  written, but a rule crashed
    """  # noqa: D301 - \b keeps click from rewrapping
    from pipecheck.app.known import written_baseline  # noqa: PLC0415 - only here

    given = ScanOptions(**options)
    if given.baseline or given.diff_base or given.baseline_prune or given.formats or given.output:
        raise UsageError("baseline write takes no --baseline, --baseline-prune, --diff-base, --format or --output")
    result = scanned(paths or (".",), replace(given, fail_on="never"), known=False)
    findings = [finding for finding in result.report.findings if finding.verdict is not Verdict.ERROR]
    try:
        Path(file).write_text(written_baseline(findings, file, Path.cwd()), "utf-8")
    except OSError as error:
        raise UsageError(f"the baseline cannot be written: {error.strerror or error}", source=file) from None
    if not given.quiet:
        note(f"{len(findings)} findings are known now: {file}")
    crashed = len(findings) < len(result.report.findings)
    ctx.exit(4 if crashed else 3 if result.report.errors or not result.report.inputs else 0)
