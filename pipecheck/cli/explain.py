"""`pipecheck explain`."""

from __future__ import annotations

import click

from pipecheck.app.rules import rule_called
from pipecheck.cli.rule_options import all_rules, config_option
from pipecheck.report.rule_page import rule_page
from pipecheck.rules.frameworks import frameworks


@click.command("explain")
@click.argument("id")
@config_option
def command(id: str, config_file: str | None) -> None:
    """Explain one rule: why it matters, how to mend it, its parameters and limits."""
    click.echo(rule_page(rule_called(all_rules(config_file, examples=True), id), frameworks()), nl=False)
