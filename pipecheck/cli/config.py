"""`pipecheck config`."""

from __future__ import annotations

from pathlib import Path

import click

from pipecheck.app.configuration import configuration_of
from pipecheck.app.settings import configuration_schema_text, settings
from pipecheck.cli.exit_code import FAIL_ON
from pipecheck.cli.scan_options import listed
from pipecheck.report.settings import FORMATS, settings_as_json, settings_as_yaml


@click.command("config")
@click.argument("path", default=".", metavar="[PATH]")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the configuration, with these rules.")
@click.option("-f", "--format", "format", type=click.Choice(FORMATS), default="yaml", show_default=True)
@click.option("--config", "config_file", metavar="FILE", help="Configuration; default: searched from PATH upwards.")
@click.option("--config-from", metavar="REV", help="The configuration as it is in this git revision.")
@click.option("--select", multiple=True, metavar="RULES", help="As for scan.")
@click.option("--ignore", multiple=True, metavar="RULES", help="As for scan.")
@click.option("--fail-on", type=click.Choice(FAIL_ON), help="As for scan.")
@click.option("--unknown", type=click.Choice(["report", "fail", "ignore"]), help="As for scan.")
@click.option("--exclude", multiple=True, metavar="GLOB", help="As for scan.")
@click.option("--baseline", metavar="FILE", help="As for scan.")
def command(
    *,
    path: str,
    schema: bool,
    format: str,
    config_file: str | None,
    config_from: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    **options: str | tuple[str, ...] | None,
) -> None:
    """Show the configuration that a scan of PATH goes by, and for each value what says so.

    The YAML is a configuration again. With --schema it is the JSON Schema, for the completion of an editor:

    \b
        pipecheck config --schema > pipecheck.schema.json
        # yaml-language-server: $schema=pipecheck.schema.json   (first line of pipecheck.yaml)
    """  # noqa: D301 - \b keeps click from rewrapping
    configuration = configuration_of(path, Path.cwd(), file=config_file, revision=config_from)
    if schema:
        click.echo(configuration_schema_text(configuration, Path.cwd()), nl=False)
        return
    shown = settings(configuration, listed(select), listed(ignore), options, Path.cwd())
    render = settings_as_json if format == "json" else settings_as_yaml
    click.echo(render(shown, configuration.source), nl=False)
