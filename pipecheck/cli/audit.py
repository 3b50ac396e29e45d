"""`pipecheck audit`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from pipecheck.app.audit import INTERRUPTED, exit_code, summary
from pipecheck.aws.calls import policy_document
from pipecheck.aws.fetch import fetch
from pipecheck.cli.fetch_options import FetchOptions, fetch_options, request_of
from pipecheck.cli.group import printable
from pipecheck.cli.output import chosen_targets
from pipecheck.cli.progress import progress
from pipecheck.cli.reporting import scan_and_report
from pipecheck.cli.scan_options import ScanOptions, scan_options


@click.command("audit")
@click.option("--out", metavar="DIR", help="Folder for the snapshot, which is kept; default: pipecheck-audit-TIME.")
@click.option("--print-policy", is_flag=True, help="Print the IAM policy that an audit needs, and call nothing.")
@fetch_options
@scan_options
@click.pass_context
def command(ctx: click.Context, /, out: str | None, print_policy: bool, **options: Any) -> None:
    """Check the pipelines of a live account.

    Fetches what AWS answers into a folder and scans the folder: findings point into its files, which are the
    evidence. All calls only read. A denied call stops nothing: the rules that need it say that they cannot tell.

    \b
    Exit codes: 0  nothing at or above --fail-on     3  the account cannot be reached, or the
                1  findings                             snapshot is not complete
                2  wrong usage, no credentials       4  a rule crashed
    """  # noqa: D301 - \b keeps click from rewrapping
    fetching = FetchOptions(**{name: options.pop(name) for name in FetchOptions.__match_args__})
    if print_policy:
        roles = [fetching.role_arn] if fetching.role_arn else []
        roles += [f"arn:aws:iam::*:role/{fetching.role_name}"] if fetching.role_name else []
        click.echo(json.dumps(policy_document(roles), indent=2))
        return
    scanning = ScanOptions(**options)
    chosen_targets(scanning.formats, scanning.output)  # what is wrong with them is said before anything is fetched
    folder = out or f"pipecheck-audit-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    request = request_of(fetching, Path(folder), scanning.jobs)
    with progress(quiet=scanning.quiet) as shown:
        fetched = fetch(request, shown)
    scanned = 0 if fetched.interrupted else scan_and_report((folder,), scanning)
    for line in () if scanning.quiet else summary(fetched, folder):
        click.echo(printable(line), err=True)
    ctx.exit(INTERRUPTED if fetched.interrupted else exit_code(fetched, scanned))
