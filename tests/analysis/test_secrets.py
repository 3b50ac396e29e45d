from __future__ import annotations

import pytest

from pipecheck.analysis.secrets import Way, exposure, is_secret_like, ordinary_secrets, secret_texts
from pipecheck.values import Known, Reason, Reference, Step, Truth, Unknown
from tests.model_builder import (
    HERE,
    Text,
    action,
    default,
    hidden,
    inventory,
    one_of,
    parameter,
    pieces,
    pipeline,
    project,
    stage,
    variable,
)

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


@pytest.mark.parametrize(
    "name",
    [
        *("TOKEN", "NPM_TOKEN", "token", "githubToken", "GitHubToken", "DB_PASSWORD", "db-passwd", "PASSPHRASE"),
        *("PGPASSWORD", "DBPASSWD", "MYSQLPWD", "AUTHTOKEN", "CLIENTSECRET"),
        *("CLIENT_SECRET", "SECRETS", "APIKEY", "API_KEY", "StripeApiKey", "PRIVATE_KEY", "SECRET_KEY", "DB_PWD"),
        *("AWS_SECRET_ACCESS_KEY", "CREDENTIALS", "GOOGLE_CREDENTIAL", "PASSWORD_2", "TOKEN_PROD", "MYSQL_PASS"),
    ],
)
def test_names_of_secrets(name: str) -> None:
    assert is_secret_like(name)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "TOKENIZER",
            "SECRETARY",
            "OLDPWD",
            "MONKEY",
            "KEY",
            "CACHE_KEY",
            "PWD",
            "PASS",
            "BYPASS",
            "COMPASS",
            "passwordless",
        ),
        *(
            "SECRET_ARN",
            "TOKEN_NAME",
            "PASSWORD_PATH",
            "ACCESS_KEY_ID",
            "TOKEN_URL",
            "PASSWORD_FILE",
            "SECRET_ARN_DEV",
        ),
        *("", "PATH", "STAGE"),
    ],
)
def test_names_that_are_no_secrets(name: str) -> None:
    assert not is_secret_like(name)


SECRET_ARN = pieces(
    "arn:", parameter("P"), ":secretsmanager:", parameter("R"), ":", parameter("A"), ":secret:", parameter("I")
)
RESOURCE = Unknown(Reason.GENERATED_NAME, "the name of TokenTable is made at deployment", HERE, spelling="TokenTable")
RESOLVED = Unknown(
    Reason.DYNAMIC_REFERENCE, "?", HERE, via=(Step("dynamic-reference", "resolve:secretsmanager:shop/licence"),)
)
RESOLVED_PLAIN = Unknown(Reason.DYNAMIC_REFERENCE, "?", HERE, via=(Step("dynamic-reference", "resolve:ssm:/vpc"),))


@pytest.mark.parametrize(
    ("name", "value", "kind", "expected", "way"),
    [
        ("TOKEN", "hunter22", None, T, Way.LITERAL),
        ("TOKEN", "hunter22", "PLAINTEXT", T, Way.LITERAL),
        ("TOKEN", "shop/npm", "SECRETS_MANAGER", F, Way.LITERAL),
        ("TOKEN", "/shop/npm", "PARAMETER_STORE", F, Way.LITERAL),
        ("TOKEN", "hunter22", parameter("Kind"), U, Way.LITERAL),
        ("TOKEN", "", None, F, Way.LITERAL),
        ("TOKEN", None, None, F, Way.LITERAL),
        ("TOKEN", "true", None, F, Way.LITERAL),
        ("TOKEN", "False", None, F, Way.LITERAL),
        ("TOKEN", "3600", None, F, Way.LITERAL),
        ("TOKEN", "-1.5", None, F, Way.LITERAL),
        ("TOKEN", "none", None, F, Way.LITERAL),
        ("TOKEN", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:a", None, F, Way.LITERAL),
        ("TOKEN", SECRET_ARN, None, F, Way.LITERAL),
        ("TOKEN", RESOURCE, None, F, Way.LITERAL),
        ("TOKEN", "****", None, U, Way.LITERAL),
        ("TOKEN", parameter("Token"), None, U, Way.LITERAL),
        ("TOKEN", pieces("Bearer ", parameter("Token")), None, U, Way.LITERAL),
        ("TOKEN", default("Token", "hunter22"), None, T, Way.LITERAL),
        ("TOKEN", default("Token", ""), None, U, Way.LITERAL),
        ("TOKEN", one_of("hunter22", "hunter23"), None, T, Way.LITERAL),
        ("TOKEN", one_of("hunter22", ""), None, U, Way.LITERAL),
        ("TOKEN", one_of("true", ""), None, F, Way.LITERAL),
        ("STAGE", "hunter22", None, F, Way.LITERAL),
        ("STAGE", parameter("Stage"), None, F, Way.LITERAL),
        (parameter("Name"), "hunter22", None, U, Way.LITERAL),
        ("LICENCE", parameter("Licence", secret=True), None, T, Way.NO_ECHO),
        ("LICENCE", parameter("Licence", secret=True), "SECRETS_MANAGER", F, Way.LITERAL),
        ("LICENCE", pieces("x", parameter("Licence", secret=True)), None, F, Way.LITERAL),
        ("LICENCE", RESOLVED, None, T, Way.DYNAMIC_REFERENCE),
        ("LICENCE", RESOLVED_PLAIN, None, F, Way.LITERAL),
        ("TOKEN", RESOLVED_PLAIN, None, T, Way.DYNAMIC_REFERENCE),
    ],
)
def test_what_a_variable_shows(name: Text, value: Text | None, kind: Text | None, expected: Truth, way: Way) -> None:
    found = exposure(variable(name, value, kind))
    assert found.shown.truth is expected
    assert expected is not T or found.way is way


def test_the_name_of_a_resource_is_no_secret() -> None:
    named = Known("token-table", HERE, (Step("reference", "TokenTable", HERE, Reference("t.yaml", "TokenTable")),))
    assert exposure(variable("TOKEN_STORE", named)).shown.truth is F


def test_further_names_are_globs_in_any_case() -> None:
    assert exposure(variable("LICENCE", "hunter22"), ("licen?e",)).shown.truth is T
    assert exposure(variable("MY_LICENCE", "hunter22"), ("licen?e",)).shown.truth is F


def test_what_leaves_it_open() -> None:
    found = exposure(variable("TOKEN", parameter("Token"))).shown
    assert found.cause is not None
    assert found.cause.reason is Reason.PARAMETER_WITHOUT_DEFAULT


KEY = "AKIA" + "I44QH8DHBEXAMPLE"
GITHUB = "ghp_" + "a1" * 18


def test_texts_that_must_never_be_printed() -> None:
    build = project(
        variable("TOKEN", "hunter22"),
        variable("TOKEN_ARN", "arn:aws:iam::1:x"),
        variable("SHORT_TOKEN", "abc"),
        variable("SWITCH_TOKEN", "false"),
        variable("STORED_TOKEN", "shop/npm", "SECRETS_MANAGER"),
        variable("STAGE", "staging"),
        variable("LICENCE", Known("licence-text", HERE, (Step("no-echo", "Licence"),))),
        variable("CHOSEN_TOKEN", one_of("first-secret", "other-secret")),
        variable("PRIVATE_KEY", "-----BEGIN-----\nmiddle-line\n-----END-----"),
        variable("OPEN_TOKEN", pieces("long-known-part", parameter("P"), "-x")),
        buildspec=f"commands: [aws configure set {KEY}]",
    )
    github = action("Source", "Source/GitHub", OAuthToken="oauth-literal", Repo=f"https://{GITHUB}@github.com/x")
    found = secret_texts(inventory(pipeline(stage("Source", github)), projects=[build]))
    wanted = {
        *("hunter22", "licence-text", "first-secret", "other-secret", "middle-line", "long-known-part"),
        *("oauth-literal", KEY, GITHUB),
    }
    assert wanted <= found
    assert found.isdisjoint({"abc", "false", "shop/npm", "staging", "arn:aws:iam::1:x", "-x"})


def test_a_secret_is_also_masked_as_it_stands_in_json() -> None:
    found = secret_texts(inventory(projects=[project(variable("TOKEN", 'quo"ted-secret'))]))
    assert {'quo"ted-secret', 'quo\\"ted-secret'} <= found


@pytest.mark.parametrize("word", ["Deploy", "pass", "PRODUCTION", "a-b-c1"])
def test_a_word_is_a_secret_only_where_it_is_the_value(word: str) -> None:
    found = inventory(projects=[project(variable("DB_PASSWORD", word))])
    assert secret_texts(found) == frozenset()
    assert [text for text, _ in ordinary_secrets(found)] == [word]


def test_what_cannot_be_seen_is_no_text() -> None:
    assert secret_texts(inventory(projects=[project(variable("TOKEN", hidden()))])) == frozenset()
