"""`pipecheck explain`."""

from __future__ import annotations

import click

from pipecheck.app.rules import rule_called
from pipecheck.report.rule_page import rule_page


@click.command("explain")
@click.argument("id")
def command(id: str) -> None:
    """Explain one rule: why it matters, how to mend it, its parameters and limits."""
    click.echo(rule_page(rule_called(id)), nl=False)
