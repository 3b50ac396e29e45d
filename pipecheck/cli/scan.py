"""`pipecheck scan`."""

from __future__ import annotations

from typing import Any

import click

from pipecheck.cli.reporting import scan_and_report
from pipecheck.cli.scan_options import ScanOptions, scan_options


@click.command("scan")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the JSON report, and scan nothing.")
@scan_options
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[str, ...], schema: bool, **options: Any) -> None:
    """Check templates and pipeline files.

    PATH is a CloudFormation template, a pipeline as `aws codepipeline get-pipeline` prints it, a folder that is
    searched for them, or - for stdin; the default is the current folder. A folder is looked at as a whole: a pipeline
    finds its roles, buckets and builds in the other files of the folder.

    \b
    Exit codes: 0  nothing at or above --fail-on     3  nothing to scan, or an input could not be read
                1  findings                          4  a rule crashed
                2  wrong usage or configuration
    """  # noqa: D301 - \b keeps click from rewrapping
    if schema:
        from pipecheck.app.settings import report_schema_text  # noqa: PLC0415 - a scan has no use for it

        click.echo(report_schema_text(), nl=False)
        return
    ctx.exit(scan_and_report(paths or (".",), ScanOptions(**options)))
