"""`pipecheck pre-commit`: what .pre-commit-hooks.yaml runs, with the names of the files that changed."""

from __future__ import annotations

from typing import Any

import click

from pipecheck.cli.reporting import scan_and_report
from pipecheck.cli.scan_options import ScanOptions, scan_options


@click.command("pre-commit", hidden=True)
@click.argument("files", nargs=-1, metavar="[FILE]...")
@scan_options
@click.pass_context
def command(ctx: click.Context, /, files: tuple[str, ...], **options: Any) -> None:
    """Check the current folder, and report what is found in the FILEs alone; none of them has to be a template."""
    reported = (*files, *options.pop("report_only"))
    if reported:
        ctx.exit(scan_and_report((".",), ScanOptions(**options, report_only=reported), may_be_empty=True))
