from __future__ import annotations

import pytest

from pipecheck.analysis.kept_secrets import Fault, kept
from pipecheck.values import Known, Reason, Step, Truth, Unknown
from tests.model_builder import HERE, NOWHERE, Text, default, hidden, parameter

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
NO_ECHO = Step("no-echo", "Token", HERE)
RESOLVED = Unknown(
    Reason.DYNAMIC_REFERENCE, "?", HERE, via=(Step("dynamic-reference", "resolve:secretsmanager:token"),)
)
FROM_STORE = Unknown(Reason.DYNAMIC_REFERENCE, "?", HERE, via=(Step("dynamic-reference", "Token", HERE),))
LITERAL = Known("0123456789abcdef", HERE)


@pytest.mark.parametrize(
    ("value", "expected", "fault"),
    [
        (NOWHERE, T, None),
        (Known("", HERE), T, None),
        (RESOLVED, T, None),
        (parameter("Token", secret=True), T, None),
        (Known("", HERE, (NO_ECHO, Step("parameter-default", "Token", HERE))), T, None),
        (Known("given", HERE, (NO_ECHO, Step("parameter", "Token", HERE))), T, None),
        (Unknown(Reason.NOT_RETURNED, "?", HERE), T, None),
        (default("Token", "{{resolve:secretsmanager:token}}"), T, None),
        (LITERAL, F, Fault.LITERAL),
        (Known("mapped", HERE, (Step("mapping", "Tokens.a.b", HERE),)), F, Fault.LITERAL),
        (default("Token", "0123456789abcdef"), F, Fault.DEFAULT),
        (Known("0123456789abcdef", HERE, (NO_ECHO, Step("parameter-default", "Token", HERE))), F, Fault.DEFAULT),
        (default("Token", ""), F, Fault.PARAMETER),
        (parameter("Token"), F, Fault.PARAMETER),
        (FROM_STORE, F, Fault.PARAMETER),
        (Known("given", HERE, (Step("parameter", "Token", HERE),)), F, Fault.PARAMETER),
        (parameter("Token", reason=Reason.DEFAULT_NOT_ASSUMED, secret=True), U, None),
        (hidden(), U, None),
        (Unknown(Reason.CONDITION_UNDECIDED, "?", HERE, (LITERAL, NOWHERE)), U, None),
        (Unknown(Reason.CONDITION_UNDECIDED, "?", HERE, (LITERAL, LITERAL)), F, Fault.LITERAL),
    ],
)
def test_how_a_secret_comes_into_a_definition(value: Text, expected: Truth, fault: Fault | None) -> None:
    assert not isinstance(value, str)
    found = kept(value)
    assert found.answer.truth is expected
    if fault is not None:
        assert found.fault is fault


def test_the_parameter_is_named() -> None:
    assert kept(parameter("Token")).step == Step("parameter", "Token", HERE)
    found = kept(default("Token", "0123456789abcdef")).step
    assert found is not None
    assert found.name == "Token"
