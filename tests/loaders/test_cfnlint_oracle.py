"""cfn-lint's own resolver of functions as an oracle: wherever both it and we resolve a value, they agree.

It does not know elements that are AWS::NoValue, so there are none here; and it leaves
branches out whose conditions compare parameters or look-ups with each other, so these compare with plain texts.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pipecheck.values import Known, Reason, Unknown, Value
from pipecheck.values.text import renderings
from tests.loaders import expressions
from tests.loaders.expressions import Tree
from tests.loaders.templates import pipeline

pytestmark = pytest.mark.long

thousands = settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))


def oracle(template: dict[str, Tree], parameters: dict[str, str] | None) -> set[str]:
    """The texts that cfn-lint thinks the pipeline's name can be; none where it cannot tell."""
    from cfnlint.context.context import create_context_for_template  # noqa: PLC0415 - a slow import for one lane
    from cfnlint.context.parameters import ParameterSet  # noqa: PLC0415
    from cfnlint.jsonschema import CfnTemplateValidator  # noqa: PLC0415
    from cfnlint.template import Template  # noqa: PLC0415

    copy: Any = json.loads(json.dumps(template))
    linted = Template("template.json", copy, ["eu-west-1"])
    context = create_context_for_template(linted)
    if parameters is not None:
        listed = {**parameters, "Names": [part.strip() for part in parameters["Names"].split(",")]}
        context = context.evolve(parameter_sets=[ParameterSet("given", listed)])
    validator: Any = CfnTemplateValidator({}).evolve(context=context, cfn=linted)
    name = copy["Resources"]["Pipeline"]["Properties"]["Name"]
    found = [value for value, _, error in validator.resolve_value(name) if error is None]
    return {str(value) for value in found if isinstance(value, str | int)}


def ours(template: dict[str, Tree], parameters: dict[str, str] | None, *, assume_defaults: bool = True) -> Value[str]:
    return pipeline(json.dumps(template), parameters=parameters, assume_defaults=assume_defaults).name


@thousands
@given(
    expressions.text_expressions(optional=False),
    expressions.conditions(plain=True),
    st.fixed_dictionaries(expressions.GIVEN),
)
def test_with_every_parameter_given_both_find_the_same_text(
    expression: Tree, section: dict[str, Tree], parameters: dict[str, str]
) -> None:
    template = expressions.template(expression, section)
    theirs = oracle(template, parameters)
    found = ours(template, parameters)
    assume(theirs)
    if isinstance(found, Unknown):  # no such element: a branch that cfn-lint leaves out
        assert found.reason is Reason.INVALID_VALUE
        return
    assert isinstance(found, Known)
    assert found.value in theirs
    if "Fn::If" not in json.dumps(expression):
        assert len(theirs) == 1


@thousands
@given(expressions.text_expressions(optional=False), expressions.conditions(plain=True))
def test_what_the_defaults_give_is_one_of_what_they_find_possible(expression: Tree, section: dict[str, Tree]) -> None:
    template = expressions.template(expression, section)
    theirs = oracle(template, None)
    found = ours(template, None)
    assume(theirs)
    assume(isinstance(found, Known))
    assert isinstance(found, Known)
    assert found.value in theirs


@thousands
@given(expressions.text_expressions(optional=False), expressions.conditions(plain=True))
def test_what_can_be_without_defaults_is_among_what_they_find_possible(
    expression: Tree, section: dict[str, Tree]
) -> None:
    template = expressions.template(expression, section)
    possible = set(renderings(ours(template, None, assume_defaults=False)))
    theirs = oracle(template, None)
    assume(possible)
    assume(theirs)
    assert possible & theirs
    if "Fn::If" not in json.dumps(expression):
        assert theirs <= possible
