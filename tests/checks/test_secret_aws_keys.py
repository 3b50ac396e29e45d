"""AWS credentials: told, never shown, and told once."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from pipecheck.cli.group import pipecheck

KEY = "AKIANOTAREALKEYATALL"
WRITTEN = "not-a-real-access-key"

TEMPLATE = f"""
Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment:
        EnvironmentVariables:
          - {{Name: AWS_SECRET_ACCESS_KEY, Value: {WRITTEN}1}}
      Source:
        Type: CODEPIPELINE
        BuildSpec: |
          phases:
            build:
              commands:
                - |
                  set -e
                  export AWS_SECRET_ACCESS_KEY={WRITTEN}
                - aws configure set aws_access_key_id {KEY}
  Pipeline:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - Name: Check
          Actions:
            - Name: Check
              ActionTypeId: {{Category: Compute, Owner: AWS, Provider: Commands, Version: "1"}}
              Commands:
                - ls
                - export AWS_SECRET_ACCESS_KEY={WRITTEN}2
"""


def scan(folder: Path, *options: str) -> str:
    (folder / "template.yaml").write_text(TEMPLATE)
    result = CliRunner().invoke(pipecheck, ["scan", str(folder / "template.yaml"), *options])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.output


def test_each_credential_is_found_at_its_line_and_shown_nowhere(tmp_path: Path) -> None:
    output = scan(tmp_path, "--select", "secret-aws-keys")
    lines = TEMPLATE.splitlines()
    for number, line in enumerate(lines, 1):
        if WRITTEN in line or KEY in line:
            assert f"template.yaml:{number}:" in output
    assert WRITTEN not in output
    assert KEY not in output


def test_a_credential_is_not_reported_as_a_plain_secret_too(tmp_path: Path) -> None:
    output = scan(tmp_path, "--select", "secret-plaintext-env", "--format", "json")
    assert '"findings": []' in output
