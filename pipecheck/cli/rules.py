"""`pipecheck rules`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from pipecheck.app.rule_set import rule_set
from pipecheck.app.rules import listed_rules, rule_called, tested
from pipecheck.cli.rule_options import all_rules, config_option, configured
from pipecheck.errors import UsageError
from pipecheck.rules.file import STATUSES
from pipecheck.rules.own import shown


@click.group("rules")
def command() -> None:
    """List, show, begin and test rules."""


@command.command("list")
@click.argument("selectors", nargs=-1, metavar="[RULES]...")
@click.option("--group", metavar="NAME", help="Only rules of this group.")
@click.option("--tag", metavar="NAME", help="Only rules with this tag.")
@click.option("--framework", metavar="SLUG", help="Only rules that map to a control of this framework.")
@click.option("--status", type=click.Choice(STATUSES), help="Only rules of this status.")
@click.option(
    "-f",
    "--format",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="A table for the terminal, all about each rule but its examples, or a table for a page.",
)
@config_option
def list_rules(
    selectors: tuple[str, ...],
    group: str | None,
    tag: str | None,
    framework: str | None,
    status: str | None,
    format: str,
    config_file: str | None,
) -> None:
    """List the rules, or those that RULES name: ids, globs, group:NAME, tag:NAME, framework:SLUG."""
    from pipecheck.report.rule_tables import TABLES  # noqa: PLC0415 - the other commands need no table

    known = all_rules(config_file)
    rules = listed_rules(known, selectors, group=group, tag=tag, framework=framework, status=status)
    click.echo(TABLES[format](rules), nl=False)


@command.command("show")
@click.argument("id")
@config_option
def show_rule(id: str, config_file: str | None) -> None:
    """Show one rule; the same as `pipecheck explain`."""
    from pipecheck.report.rule_page import rule_page  # noqa: PLC0415 - the other commands need no page
    from pipecheck.rules.frameworks import frameworks  # noqa: PLC0415

    click.echo(rule_page(rule_called(all_rules(config_file, examples=True), id), frameworks()), nl=False)


@command.command("new")
@click.argument("id")
@click.option(
    "--folder", metavar="DIR", help="Where to write it; default: the configuration's first folder of rules."
)
@config_option
def new_rule(id: str, folder: str | None, config_file: str | None) -> None:
    """Begin a rule: write ID.yaml with a passing, a failing and an unknown example, to be changed."""
    from pipecheck.app.new_rule import write_rule  # noqa: PLC0415 - the other commands write no rule

    configuration = configured(config_file)
    folders = [named.path for named in configuration.rule_folders]
    present = tuple(named for named in configuration.rule_folders if Path(named.path).is_dir())
    known = rule_set(replace(configuration, rule_folders=present), Path.cwd())
    if id in known.catalog.rules:
        raise UsageError(f"there is already a rule {id}", help=(f"pipecheck rules show {id} shows it",))
    file = write_rule(id, Path(folder) if folder is not None else Path(folders[0] if folders else "."))
    name = shown(file, Path.cwd())
    click.echo(f"{name}: written; change it, then run pipecheck rules test {name}")
    if folder is not None or not folders:
        click.echo(f"A scan knows it once pipecheck.yaml says: rules: [./{Path(file).parent.as_posix()}]", err=True)


@command.command("test")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "-f",
    "--format",
    type=click.Choice(["text", "junit"]),
    default="text",
    show_default=True,
    help="What to print: what does not hold, or every proof as a JUnit test case.",
)
@click.option("--allow-python-rules", is_flag=True, help="Run Python checks that stand beside the rules.")
@config_option
@click.pass_context
def test_rules(
    ctx: click.Context, /, paths: tuple[str, ...], format: str, allow_python_rules: bool, config_file: str | None
) -> None:
    """Test rule files, or all below folders: by default those that the configuration names.

    \b
    Each rule must give its examples their verdict at their lines, give all renderings of an example the same one,
    answer nothing but "cannot tell" where a value is hidden, and have no part that no example needs.

    Exit codes: 0 all hold, 1 something does not, 2 a file is wrong, 4 a Python check crashed when it was loaded.
    """  # noqa: D301 - \b keeps click from rewrapping
    from pipecheck.report.rule_tests import FORMATS  # noqa: PLC0415 - the other commands test nothing

    configuration = configured(config_file)
    found = paths or tuple(folder.path for folder in configuration.rule_folders)
    if not found:
        raise UsageError("there is nothing to test", help=("name rule files, or folders that hold some",))
    result = tested(found, configuration, Path.cwd(), allow_python=allow_python_rules)
    click.echo(FORMATS[format](result.rules, result.proofs), nl=False)
    ctx.exit(int(any(proof.mismatches for proof in result.proofs)))
