"""The `pipecheck` command: its subcommands are imported when they are called."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from pipecheck import __version__
from pipecheck.cli.edges import guarded
from pipecheck.errors import PipecheckError

_COMMANDS = {
    "scan": "Check templates and pipeline files.",
    "audit": "Check the pipelines of a live account.",
    "fetch": "Write what AWS answers about pipelines to a folder.",
    "baseline": "Remember the findings of today, so that scans report what is new.",
    "rules": "List and show the rules.",
    "explain": "Explain one rule.",
    "buildspec": "Show which commands of a build stop it when they fail.",
    "config": "Show the configuration that holds, and what says so.",
    "graph": "Draw pipelines with their gates.",
}


class _LazyGroup(click.Group):
    """A group whose commands live in one module each, named like the command."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"pipecheck.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; an error the user can act on is printed and ends with its own exit code."""
        with guarded():
            try:
                return super().invoke(ctx)
            except PipecheckError as error:
                print_error(error)
                ctx.exit(error.exit_code)

    def make_context(self, *arguments: Any, **named: Any) -> click.Context:
        """Reads the arguments; --help and --version write and exit here."""
        with guarded():
            return super().make_context(*arguments, **named)


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="pipecheck", message="%(prog)s %(version)s")
def pipecheck() -> None:
    """Policy-as-code compliance scanner for AWS CodePipeline.

    It checks pipelines and what they rest on (roles, artifact buckets, keys, builds) and says "cannot tell" where it
    cannot tell.
    """


def print_error(error: PipecheckError) -> None:
    """Writes an error to stderr: what, where, and what to do next."""
    where = f"{error.location}: " if error.location else ""
    click.echo(f"error: {printable(where + error.message)}", err=True)
    for line in error.help:
        click.echo(f"  help: {printable(line)}", err=True)


def note(text: str) -> None:
    """Writes a note to stderr."""
    click.echo(f"note: {printable(text)}", err=True)


def printable(text: str) -> str:
    """The text without control characters, which a scanned file may hold."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
