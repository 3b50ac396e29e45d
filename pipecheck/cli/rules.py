"""`pipecheck rules`."""

from __future__ import annotations

import click

from pipecheck.app.rules import listed_rules, rule_called
from pipecheck.report.rule_page import rule_page, rule_table


@click.group("rules")
def command() -> None:
    """List and show the rules."""


@command.command("list")
@click.argument("selectors", nargs=-1, metavar="[RULES]...")
def list_rules(selectors: tuple[str, ...]) -> None:
    """List the rules, or those that RULES name: ids, globs, group:NAME, tag:NAME, framework:SLUG."""
    click.echo(rule_table(listed_rules(selectors)), nl=False)


@command.command("show")
@click.argument("id")
def show_rule(id: str) -> None:
    """Show one rule; the same as `pipecheck explain`."""
    click.echo(rule_page(rule_called(id)), nl=False)
