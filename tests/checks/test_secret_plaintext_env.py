from __future__ import annotations

import pytest

from pipecheck.model.environment import EnvironmentVariable
from pipecheck.rules.clause import Clause
from pipecheck.rules.verdict import Verdict
from pipecheck.values import Items
from tests.checks.clauses import clauses, of, verdict
from tests.model_builder import HERE, action, at, default, hidden, parameter, project, subject, variable

VALUE = "hunter22-of-course"


def checked(*variables: EnvironmentVariable, **params: object) -> list[Clause]:
    return clauses("secret_plaintext_env", subject("build_project", project(*variables)), **params)


def test_each_variable_that_shows_a_secret_is_one_finding_at_its_value() -> None:
    found = checked(variable("A_TOKEN", VALUE), variable("STAGE", "dev"), variable("B_TOKEN", VALUE))
    assert [clause.primary for clause in of(found, Verdict.FAIL)] == [
        at("variables", "A_TOKEN"),
        at("variables", "B_TOKEN"),
    ]


def test_variables_without_secrets_pass_and_no_variables_are_not_applicable() -> None:
    assert verdict(checked(variable("STAGE", "dev"))) is Verdict.PASS
    assert verdict(checked()) is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    "shown",
    [
        variable("TOKEN", VALUE),
        variable("TOKEN", default("Token", VALUE)),
        variable("TOKEN", VALUE, parameter("Kind")),
        variable(parameter("Name"), VALUE),
    ],
)
def test_no_text_of_a_clause_holds_the_value(shown: EnvironmentVariable) -> None:
    for clause in checked(shown):
        texts = [clause.say, *(related.message for related in clause.related)]
        texts.append(clause.cause.detail if clause.cause is not None else "")
        texts += [step.name for step in clause.assumptions]
        assert not any(VALUE in text for text in texts)


def test_the_parameter_that_is_no_echo_is_named_and_related() -> None:
    [clause] = of(checked(variable("LICENCE", parameter("Licence", secret=True))), Verdict.FAIL)
    assert "parameter Licence" in clause.say
    assert clause.related[0].place == HERE


def test_variables_of_actions_and_variables_that_cannot_be_seen() -> None:
    run = action("Run", "Build/CodeBuild", variables={"TOKEN": VALUE})
    assert verdict(clauses("secret_plaintext_env", subject("action", run))) is Verdict.FAIL
    unseen: Items[EnvironmentVariable] = Items((), HERE, hidden())
    object.__setattr__(run, "environment_variables", unseen)
    assert verdict(clauses("secret_plaintext_env", subject("action", run))) is Verdict.UNKNOWN


def test_further_names_are_a_parameter() -> None:
    assert verdict(checked(variable("LICENCE", VALUE))) is Verdict.PASS
    assert verdict(checked(variable("LICENCE", VALUE), name_patterns=["lic*"])) is Verdict.FAIL
