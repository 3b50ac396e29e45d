"""What commands about rules have in common: which rules there are, as the configuration says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from pipecheck.app.configuration import configuration_of
from pipecheck.app.rule_set import RuleSet, rule_set
from pipecheck.engine.config.configuration import Configuration

_Command = TypeVar("_Command", bound=Callable[..., Any])


def config_option(command: _Command) -> _Command:
    """Gives a command `--config`."""
    option = click.option(
        "--config",
        "config_file",
        metavar="FILE",
        help="Configuration that names further rules; default: pipecheck.yaml, searched upwards from here.",
    )
    return option(command)


def configured(config_file: str | None) -> Configuration:
    """The configuration in a file, or in the one that is found from the current folder upwards."""
    return configuration_of(".", Path.cwd(), file=config_file)


def all_rules(config_file: str | None, *, examples: bool = False) -> RuleSet:
    """Every rule that pipecheck and the configuration bring; Python checks are not run."""
    return rule_set(configured(config_file), Path.cwd(), examples=examples)
