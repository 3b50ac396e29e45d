"""Parameter files in every shape that CloudFormation's users have."""

from __future__ import annotations

import pytest

from pipecheck.errors import UsageError
from pipecheck.loaders.parameters_file import read_parameters


@pytest.mark.parametrize(
    "text",
    [
        '[{"ParameterKey": "Env", "ParameterValue": "prod"}, {"ParameterKey": "Old", "UsePreviousValue": true}]',
        '{"Parameters": {"Env": "prod"}, "Tags": {"a": "b"}}',
        "Env: prod",
    ],
)
def test_the_three_shapes(text: str) -> None:
    assert read_parameters(text, "p") == {"Env": "prod"}


def test_values_are_written_as_cloudformation_takes_them() -> None:
    assert read_parameters("{A: true, B: 1, C: [x, 2]}", "p") == {"A": "true", "B": "1", "C": "x,2"}


@pytest.mark.parametrize(
    ("text", "line", "column"), [("- {Env: prod}", 1, 4), ("Env: {a: b}", 1, 1), ("just text", 1, 1)]
)
def test_another_shape_is_an_error_at_its_place(text: str, line: int, column: int) -> None:
    with pytest.raises(UsageError) as caught:
        read_parameters(text, "p.yaml")
    assert (caught.value.source, caught.value.line, caught.value.column) == ("p.yaml", line, column)
