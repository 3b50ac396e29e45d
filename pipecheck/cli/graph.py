"""`pipecheck graph`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipecheck.app.configuration import configuration_of
from pipecheck.app.graph import draw
from pipecheck.app.scan import STDIN, ScanRequest
from pipecheck.cli.group import print_error
from pipecheck.errors import InputError, PipecheckError
from pipecheck.report.diagram.formats import DIAGRAM_FORMATS, diagram_renderer
from pipecheck.report.redaction import Redaction


@click.command("graph")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--pipeline", metavar="GLOB", help="Only pipelines of this name; default: all.")
@click.option(
    "-f",
    "--format",
    "format",
    type=click.Choice(DIAGRAM_FORMATS),
    default=DIAGRAM_FORMATS[0],
    show_default=True,
    help="How to draw.",
)
@click.option(
    "--config",
    "config_file",
    metavar="FILE",
    help="Configuration; default: pipecheck.yaml, searched from the first PATH upwards.",
)
@click.pass_context
def command(
    ctx: click.Context, /, paths: tuple[str, ...], pipeline: str | None, format: str, config_file: str | None
) -> None:
    """Draw pipelines: stages, actions by run order, artifacts, gates, and what reaches production without one."""
    paths = paths or (".",)
    cwd = Path.cwd()
    request = ScanRequest(paths=paths, cwd=cwd, stdin=sys.stdin.buffer.read() if STDIN in paths else None)
    drawn = draw(request, configuration_of(paths[0], cwd, file=config_file), pipeline)
    for error in drawn.errors:
        print_error(error)
    if not drawn.diagrams:
        if not drawn.errors:
            print_error(PipecheckError("nothing to draw: found no pipeline"))
        ctx.exit(InputError.exit_code)
    click.echo(diagram_renderer(format)(drawn.diagrams, Redaction(drawn.secrets)), nl=False)
    ctx.exit(InputError.exit_code if drawn.errors else 0)
