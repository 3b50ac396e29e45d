"""What decides a gate must be the same in every case that the conditions of a template allow."""

from __future__ import annotations

from textwrap import dedent

import pytest

from pipecheck.app.prepare import prepared_rules
from pipecheck.engine.config.configuration import Configuration
from pipecheck.engine.run import run
from pipecheck.loaders.cloudformation.template import Assumptions
from pipecheck.loaders.load import Input, load
from pipecheck.rules.verdict import Verdict

TEMPLATE = """
Parameters: {Env: {Type: String, Default: dev, AllowedValues: [dev, prod]}}
Conditions: {IsProd: !Equals [!Ref Env, prod]}
Resources:
  P:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Name: shop
      Stages:
        - Name: Source
          Actions:
            - Name: Fetch
              ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}
              OutputArtifacts: [{Name: Code}]
        - Name: Deploy
          Actions:
            - Name: Approve
              RunOrder: APPROVAL_ORDER
              ActionTypeId: {Category: CATEGORY, Owner: AWS, Provider: Manual, Version: "1"}
            - Name: Release
              RunOrder: 2
              ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}
              Configuration: {ActionMode: CREATE_UPDATE, StackName: STACK, TemplatePath: "Code::t.yaml"}
              InputArtifacts: [{Name: Code}]
"""
FIXED = {"APPROVAL_ORDER": "1", "CATEGORY": "Approval", "STACK": "shop-prod"}


def verdict(**written: str) -> Verdict:
    text = dedent(TEMPLATE)
    for name, value in (FIXED | written).items():
        text = text.replace(name, value)
    loaded = load([Input("t.yaml", text)], Assumptions())
    rules = prepared_rules(("approval-before-production",), (), Configuration())
    [outcome] = run(loaded.inventory, rules, loaded.documents).outcomes
    return outcome.verdict


def test_a_gate_that_is_the_same_in_every_case_passes() -> None:
    assert verdict() is Verdict.PASS


@pytest.mark.parametrize(
    "written",
    [
        {"APPROVAL_ORDER": "!If [IsProd, 3, 1]"},
        {"CATEGORY": "!If [IsProd, Test, Approval]"},
        {"APPROVAL_ORDER": "3", "STACK": "!If [IsProd, shop-prod, shop-dev]"},
        {"APPROVAL_ORDER": "3", "STACK": '!Sub "shop-${Env}"'},
    ],
)
def test_a_gate_that_holds_by_a_default_alone_does_not_pass(written: dict[str, str]) -> None:
    assert verdict(**written) is Verdict.UNKNOWN
