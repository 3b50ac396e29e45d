from __future__ import annotations

from importlib import import_module

import pytest

from pipecheck.checks.registry import check_named, check_names
from pipecheck.errors import RuleFileError


@pytest.mark.parametrize("name", check_names())
def test_every_module_holds_the_check_of_its_name(name: str) -> None:
    assert check_named(name) is not None
    assert callable(getattr(import_module(f"pipecheck.checks.{name}"), name))


@pytest.mark.parametrize("name", ["no_such_check", "registry", "__init__", "os", "../analysis/order", ""])
def test_an_unknown_check_is_an_error_of_the_rule_file(name: str) -> None:
    with pytest.raises(RuleFileError) as raised:
        check_named(name)
    assert repr(name) in raised.value.message
    assert "approval_before_production" in raised.value.help[0]
