"""`pipecheck buildspec`."""

from __future__ import annotations

from pathlib import Path

import click

from pipecheck.app.buildspec import builds_of
from pipecheck.cli.output import terminal_width, wants_color
from pipecheck.errors import InputError
from pipecheck.report.buildspec_page import buildspec_json, buildspec_page
from pipecheck.report.style import Style


@click.command("buildspec")
@click.argument("path")
@click.option(
    "--format",
    "-f",
    "format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="The format.",
)
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="When to colour the output; NO_COLOR is honoured.",
)
def command(path: str, format: str, color: str) -> None:
    """Show which commands of a build stop it when they fail.

    PATH is a build specification, or a template or pipeline whose builds are shown. Below each command stands
    whether it is a scan, a test, a deployment or a publication, and whether its failure, or what a scanner
    finds, stops the build; where it does not, what takes the failure away.
    """
    found = builds_of(path, Path.cwd())
    if not found.builds:
        raise InputError(
            "holds no build", source=path, help=("expected a build specification, or a template with builds",)
        )
    if format == "json":
        click.echo(buildspec_json(found.builds, found.documents, found.secrets), nl=False)
    else:
        style = Style(color=wants_color(color), hyperlinks=False)
        click.echo(buildspec_page(found.builds, found.documents, found.secrets, style, terminal_width()), nl=False)
