"""No secret of the account is in any byte that is written or printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipecheck.aws.redact import clean_text, redacted
from tests.live.account import NUMBER, Account, action, build, source
from tests.live.audit import report, resource, run
from tests.live.front import Front

HEX = "0123456789abcdef"

# Each is put together here, so that no scanner of this repository takes it for a real one.
PLANTED = {
    "aws key id": "AKIA" + "Q3EGRZLLSXQ2MN5T",
    "aws temporary key id": "ASIA" + "Q3EGRZLLSXQ2MN5V",
    "aws secret key": "wJalrXUtnFEMI" + "K7MDENGbPxRfiCYzzzzzKEYQ",
    "aws session token": "FwoGZXIvYXdz" + "EBYaDHqa0AP1kQnb",
    "github classic": "ghp_" + "0123456789abcdefghijABCDEFGHIJ012345",
    "github fine grained": "github_pat_" + "11ABCDEFG0123456789abcdef",
    "gitlab": "glpat-" + "abcdefghij0123456789",
    "slack bot": "xoxb-" + "123456789012-abcdefghijkl",
    "slack hook": "T00000000/B00000000/" + "abcdefghijklmnopqrstuvwx",
    "stripe": "sk_live_" + "abcdefghijklmnop0123",
    "google": "AIza" + "abcdefghijklmnopqrstuvwxyz012345678",
    "npm": "npm_" + "abcdefghijklmnopqrstuvwxyz0123456789",
    "pypi": "pypi-" + "AgEIcHlwaS5vcmcCJGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6MDEyMzQ1",
    "sendgrid": "SG." + "abcdefghijklmnopqrstuv" + "." + "abcdefghijklmnopqrstuvwxyz",
    "twilio": "SK" + HEX * 2,
    "docker": "dckr_pat_" + "abcdefghijklmnopqrstuv",
    "vault": "hvs." + "abcdefghijklmnopqrstuvwx",
    "digitalocean": "dop_v1_" + HEX * 4,
    "openai": "sk-" + "abcdefghijklmnopqrstuvwx",
    "jwt": "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0In0" + ".abcdefghijklmnop",
    "url password": "tr0ub4dor-in-url",
    "url token": "abcdefghij0123456789token",
    "bearer": "bearer-abcdef-012345",
    "private key": "MIIEowIBAAKCAQEAabcdefghijklmnop",
    "env password": "correct-horse-battery",
    "env api key": "plain-api-key-value-1",
    "buildspec variable": "hunter2-in-buildspec",
    "command option": "hunter2-as-option",
    "command assignment": "hunter2-assigned",
    "action environment": "hunter2-in-action",
    "user parameters": "hunter2-user-parameters",
    "pipeline variable": "hunter2-variable",
    "oauth": "hunter2-oauth-token-value",
    "webhook": "hunter2-webhook-secret",
    "tag": "hunter2-tag-value",
    "target input": "hunter2-target-input",
}

PEM = "-----BEGIN RSA " + "PRIVATE KEY-----\n{}\n-----END RSA " + "PRIVATE KEY-----"


def buildspec() -> str:
    said = {
        key: PLANTED[key]
        for key in (
            "aws key id", "aws temporary key id", "github classic", "github fine grained", "gitlab", "slack bot",
            "stripe", "google", "npm", "pypi", "sendgrid", "twilio", "docker", "vault", "digitalocean", "openai",
            "jwt",
        )
    }  # fmt: skip
    commands = [f"echo {value}" for value in said.values()]
    commands += [
        f"export AWS_SECRET_ACCESS_KEY={PLANTED['aws secret key']}",
        f"aws configure set aws_session_token {PLANTED['aws session token']}",
        f"git clone https://bot:{PLANTED['url password']}@git.example.com/a.git",
        f"git clone https://{PLANTED['url token']}@git.example.com/a.git",
        f"curl -H 'Authorization: Bearer {PLANTED['bearer']}' https://example.com",
        f"curl https://hooks.slack.com/services/{PLANTED['slack hook']}",
        f"docker login --password {PLANTED['command option']} -u me",
        f"DB_PASSWORD={PLANTED['command assignment']} make test",
    ]
    written = "\n".join(f"      - {json.dumps(command)}" for command in commands)
    return (
        f"version: 0.2\nenv:\n  variables:\n    API_TOKEN: {PLANTED['buildspec variable']}\n    STAGE: prod\n"
        f"phases:\n  build:\n    commands:\n{written}\n"
    )


def plant(account: Account, front: Front, name: str) -> None:
    role = f"arn:aws:iam::{NUMBER}:role/shop-build"
    variables = [
        {"name": "DB_PASSWORD", "value": PLANTED["env password"], "type": "PLAINTEXT"},
        {"name": "SERVICE_API_KEY", "value": PLANTED["env api key"], "type": "PLAINTEXT"},
        {"name": "DEPLOY_PEM", "value": PEM.format(PLANTED["private key"]), "type": "PLAINTEXT"},
        {"name": "KEPT_PASSWORD", "value": "/shop/password", "type": "PARAMETER_STORE"},
    ]
    account.project(name, role, environment={"environmentVariables": variables}, source={"buildspec": buildspec()})
    github = action(
        "Old", "Source", "GitHub", owner="ThirdParty",
        configuration={"Owner": "o", "Repo": "r", "Branch": "b", "OAuthToken": PLANTED["oauth"]},
        outputArtifacts=[{"name": "old"}],
    )  # fmt: skip
    fetch = source()
    fetch["actions"].append(github)
    make = build(name)
    given = [{"name": "LOGIN_PASSWORD", "value": PLANTED["action environment"]}]
    make["actions"][0]["configuration"]["EnvironmentVariables"] = json.dumps(given)
    make["actions"].append(
        action(
            "Call", "Invoke", "Lambda",
            configuration={"FunctionName": "f", "UserParameters": json.dumps({"token": PLANTED["user parameters"]})},
        )
    )  # fmt: skip
    variable = {"name": "db_password", "defaultValue": PLANTED["pipeline variable"]}
    account.pipeline(
        name, f"arn:aws:iam::{NUMBER}:role/shop-pipeline", "shop-artifacts", fetch, make, variables=[variable]
    )
    account.client("codepipeline").tag_resource(
        resourceArn=f"arn:aws:codepipeline:eu-west-1:{NUMBER}:{name}",
        tags=[{"key": "deploy-token", "value": PLANTED["tag"]}],
    )
    front.webhooks.append(
        {
            "url": "https://example.com",
            "definition": {
                "name": "hook",
                "targetPipeline": name,
                "targetAction": "Old",
                "filters": [],
                "authentication": "GITHUB_HMAC",
                "authenticationConfiguration": {"SecretToken": PLANTED["webhook"]},
            },
        }
    )
    events = account.client("events")
    events.put_rule(Name=f"start-{name}", EventPattern=json.dumps({"source": ["aws.codecommit"]}))
    target = {"Id": "1", "Arn": f"arn:aws:codepipeline:eu-west-1:{NUMBER}:{name}"}
    events.put_targets(
        Rule=f"start-{name}", Targets=[{**target, "Input": json.dumps({"note": PLANTED["target input"]})}]
    )


def test_no_planted_secret_is_written_or_printed(front: Front, account: Account, tmp_path: Path) -> None:
    assert len(PLANTED) >= 30
    plant(account, front, "leaky")
    out = tmp_path / "snapshot"
    arguments = ("--endpoint-url", front.url, "--region", "eu-west-1", "--pipeline", "leaky", "--fail-on", "never")

    reports = [f"{name}={tmp_path / name}" for name in ("json", "sarif", "junit")]
    chosen = [part for text in reports for part in ("-f", text)]
    result = run("audit", *arguments, "--out", out, "--verbose", "-f", "text", *chosen)

    assert result.exit_code == 0, result.stderr
    everything = result.stdout + result.stderr
    everything += "".join(path.read_text() for path in tmp_path.rglob("*") if path.is_file())
    assert [name for name, value in PLANTED.items() if value in everything] == []


def test_rules_still_find_the_secrets_that_were_taken_out(front: Front, account: Account, tmp_path: Path) -> None:
    plant(account, front, "leaking")
    out = tmp_path / "snapshot"
    run("fetch", "--endpoint-url", front.url, "--region", "eu-west-1", "--pipeline", "leaking", "--out", out)

    found = {(f["rule"], f["subject"]["kind"], f["verdict"]) for f in report(out)["findings"]}

    assert {
        ("secret-plaintext-env", "build_project", "fail"),
        ("secret-plaintext-env", "action", "fail"),
        ("secret-aws-keys", "build_project", "fail"),
        ("source-oauth-token-literal", "webhook", "pass"),
    } <= found
    project = resource(out, f"{NUMBER}/eu-west-1/codebuild/project/leaking.json")["project"]
    variables = {entry["name"]: entry["value"] for entry in project["environment"]["environmentVariables"]}
    assert variables == variables | {"DB_PASSWORD": "NOT_RETURNED:secret", "KEPT_PASSWORD": "/shop/password"}


@pytest.mark.parametrize(
    "text",
    [
        "aws s3 cp s3://bucket/key .",
        "PASSWORD=$DB_PASSWORD make",
        "docker login --password-stdin -u AWS",
        "export TOKEN=$(aws ssm get-parameter --name /shop/token)",
        "secrets-manager:\n  PASSWORD: prod/db:password",
        "parameter-store:\n  TOKEN: /shop/token",
        "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-a1b2c3",
        "https://git.example.com/team/repository.git",
    ],
)  # fmt: skip
def test_what_only_says_where_a_secret_is_stays(text: str) -> None:
    assert clean_text(text) == text


def test_policies_stay_as_they_are() -> None:
    policy = {
        "Statement": [
            {"Effect": "Allow", "Condition": {"StringEquals": {"secretsmanager:ResourceTag/token": "production"}}}
        ]
    }
    assert redacted(policy) == policy
