"""`pipecheck fetch`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pipecheck.app.audit import exit_code, summary
from pipecheck.aws.fetch import fetch
from pipecheck.cli.fetch_options import FetchOptions, fetch_options, request_of
from pipecheck.cli.group import printable
from pipecheck.cli.progress import progress


@click.command("fetch")
@click.option("--out", required=True, metavar="DIR", help="Folder for the snapshot: a new or empty one.")
@fetch_options
@click.option("--jobs", type=click.IntRange(min=1, max=64), metavar="N", help="Calls that may be under way at once.")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary.")
@click.pass_context
def command(ctx: click.Context, /, out: str, jobs: int | None, quiet: bool, **options: Any) -> None:
    """Write what AWS answers about pipelines to a folder.

    The folder is a snapshot of the account's pipelines and of everything they rest on: one file per resource, without
    secrets, and a manifest of what was called and denied. `pipecheck scan DIR` checks it as often as you like.

    \b
    Exit codes: 0  fetched; a denied call is no failure, the manifest lists it
                2  wrong usage, no credentials
                3  the account cannot be reached, or the snapshot is not complete
    """  # noqa: D301 - \b keeps click from rewrapping
    request = request_of(FetchOptions(**options), Path(out), jobs)
    with progress(quiet=quiet) as shown:
        fetched = fetch(request, shown)
    for line in () if quiet else summary(fetched, out):
        click.echo(printable(line), err=True)
    ctx.exit(exit_code(fetched, 0))
