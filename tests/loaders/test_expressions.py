"""Properties of generated expressions: nothing that can come true is missing from what is said to be possible."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipecheck.values import Known, Value
from pipecheck.values.text import contains, equals, renderings
from pipecheck.values.truth import Truth
from tests.loaders import expressions
from tests.loaders.expressions import Tree
from tests.loaders.templates import pipeline

few = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
thousands = settings(few, max_examples=10_000)


def name(
    expression: Tree, section: dict[str, Tree], parameters: dict[str, str] | None = None, *, defaults: bool = True
) -> Value[str]:
    text = json.dumps(expressions.template(expression, section))
    return pipeline(text, parameters=parameters, assume_defaults=defaults).name


def what_comes_true_was_possible(expression: Tree, section: dict[str, Tree], parameters: dict[str, str]) -> None:
    """A value that is known once all parameters are given agrees with what was said before they were."""
    truth = name(expression, section, parameters)
    if not isinstance(truth, Known):  # a selection beyond the end of a list, which CloudFormation refuses
        return
    before = name(expression, section, defaults=False)
    possible = renderings(before)
    assert not possible or truth.value in possible
    assert equals(before, truth.value) is not Truth.FALSE
    assert contains(before, truth.value[:2]) is not Truth.FALSE
    if isinstance(before, Known):
        assert before.value == truth.value


EXPRESSION = expressions.text_expressions(optional=True)
SECTION = expressions.conditions()
GIVEN = st.fixed_dictionaries(expressions.GIVEN)


@few
@given(EXPRESSION, SECTION, GIVEN)
def test_what_comes_true_was_possible(expression: Tree, section: dict[str, Tree], parameters: dict[str, str]) -> None:
    what_comes_true_was_possible(expression, section, parameters)


@pytest.mark.long
@thousands
@given(EXPRESSION, SECTION, GIVEN)
def test_what_comes_true_was_possible_in_thousands_of_cases(
    expression: Tree, section: dict[str, Tree], parameters: dict[str, str]
) -> None:
    what_comes_true_was_possible(expression, section, parameters)


@few
@given(EXPRESSION, SECTION, GIVEN)
def test_a_parameter_that_is_given_means_what_a_default_means(
    expression: Tree, section: dict[str, Tree], parameters: dict[str, str]
) -> None:
    template = expressions.template(expression, section)
    declared = {
        parameter: {**body, "Default": parameters[parameter]} for parameter, body in expressions.PARAMETERS.items()
    }
    by_default = pipeline(json.dumps({**template, "Parameters": declared})).name
    given_value = name(expression, section, parameters)
    assert isinstance(by_default, Known) == isinstance(given_value, Known)
    if isinstance(by_default, Known) and isinstance(given_value, Known):
        assert by_default.value == given_value.value
