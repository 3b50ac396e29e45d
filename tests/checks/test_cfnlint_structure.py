"""cfn-lint's rules about pipelines (E3700 to E3703) as an oracle for those of the group structure.

The cases are those that cfn-lint tries its own rules on, written as whole templates. Where the two differ, the page
of AWS that decides stands beside the case.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from pipecheck.engine.subjects import subjects
from pipecheck.model.subject import Subject
from pipecheck.rules.verdict import Verdict
from tests.checks.clauses import clauses, verdict
from tests.loaders.templates import loaded

pytestmark = pytest.mark.long

GUIDE = "https://docs.aws.amazon.com/codepipeline/latest/userguide"
RULES = {
    "E3700": (("valid_source_stage", "pipeline"),),
    "E3701": (("valid_artifact_flow", "action"), ("valid_unique_names", "pipeline")),
    "E3702": (("valid_artifact_counts", "action"),),
    "E3703": (("valid_template_path", "action"),),
}
Tree = dict[str, Any]


def action(kind: str, inputs: str = "", outputs: str = "", **more: object) -> Tree:
    category, owner, provider = kind.split("/")
    artifacts = {"InputArtifacts": inputs.split(), "OutputArtifacts": outputs.split()}
    return {
        "Name": f"{provider}{more.get('RunOrder', '')}",
        "ActionTypeId": {"Category": category, "Owner": owner, "Provider": provider, "Version": "1"},
        **{key: [{"Name": name} for name in names] for key, names in artifacts.items() if names},
        **more,
    }


SHOP = action("Source/AWS/CodeCommit", outputs="Shop", Configuration={"RepositoryName": "shop", "BranchName": "main"})
GITHUB = action("Source/ThirdParty/GitHub", outputs="Shop")
BUILD = action("Build/AWS/CodeBuild", "Shop", "Package", Configuration={"ProjectName": "shop"})
DEPLOY = action("Deploy/AWS/CodeDeploy", "Shop")


def stack(inputs: str, path: str) -> Tree:
    settings = {"ActionMode": "CREATE_UPDATE", "StackName": "shop", "TemplatePath": path}
    return action("Deploy/AWS/CloudFormation", inputs, Configuration=settings)


CASES: dict[str, list[list[Tree]]] = {
    "a source and a deployment": [[SHOP], [DEPLOY]],
    "a source of a third party": [[GITHUB], [DEPLOY]],
    "no source in the first stage": [[BUILD], [DEPLOY]],
    "a source beside a build in the first stage": [[SHOP, BUILD], [DEPLOY]],
    "a source in the second stage": [[SHOP], [action("Source/AWS/S3", outputs="More"), DEPLOY]],
    "an artifact that nothing makes": [[SHOP], [action("Deploy/AWS/CodeDeploy", "Web")]],
    "an artifact of a later stage": [[SHOP], [action("Deploy/AWS/CodeDeploy", "Package")], [BUILD]],
    "one name for two artifacts": [[SHOP], [action("Build/AWS/CodeBuild", "Shop", "Shop")], [DEPLOY]],
    "an artifact through two stages": [[SHOP], [BUILD], [action("Deploy/AWS/CodeDeploy", "Package")]],
    "made before, with a higher run order": [
        [SHOP],
        [{**BUILD, "RunOrder": 2}, action("Deploy/AWS/CodeDeploy", "Package", RunOrder=1)],
    ],
    "made behind, with a lower run order": [
        [SHOP],
        [action("Deploy/AWS/CodeDeploy", "Package", RunOrder=2), {**BUILD, "RunOrder": 1}],
    ],
    "made before, at the same time": [[SHOP], [BUILD, action("Deploy/AWS/CodeDeploy", "Package")]],
    "a source with two artifacts": [[action("Source/ThirdParty/GitHub", outputs="Shop Docs")], [DEPLOY]],
    "a build without an artifact": [[SHOP], [action("Build/AWS/CodeBuild")]],
    "a deployment with two artifacts": [[SHOP], [action("Deploy/AWS/S3", "Shop Docs", "Foo Bar")]],
    "a deployment without an artifact": [[SHOP], [action("Deploy/AWS/ECS")]],
    "a function with six artifacts": [[SHOP], [action("Invoke/AWS/Lambda", "Shop Shop Shop Shop Shop Shop")]],
    "commands without an artifact": [[SHOP], [action("Compute/AWS/Commands", Commands=["make"])]],
    "a template of the input": [[SHOP], [stack("Shop", "Shop::shop.yaml")]],
    "a template of another artifact": [[SHOP], [BUILD], [stack("Shop", "Package::shop.yaml")]],
    "a template without an input": [[SHOP], [stack("", "Shop::shop.yaml")]],
    "a template without an artifact": [[SHOP], [stack("Shop", "shop.yaml")]],
}

_RUN_ORDER = f"{GUIDE}/action-requirements.html: run orders decide what runs before, not the order of the list"
DIFFERENCES = {
    ("a source beside a build in the first stage", "E3701"): _RUN_ORDER,
    ("made before, with a higher run order", "E3701"): _RUN_ORDER,
    ("made behind, with a lower run order", "E3701"): _RUN_ORDER,
    ("made before, at the same time", "E3701"): _RUN_ORDER,
    ("commands without an artifact", "E3702"): f"{GUIDE}/action-reference-Commands.html: 1 to 10 input artifacts",
}
"""The case and the rule of cfn-lint that says otherwise than ours, and what AWS says."""


def template(case: str) -> str:
    stages = [{"Name": f"Stage{index}", "Actions": actions} for index, actions in enumerate(CASES[case])]
    properties = {
        "Name": "shop",
        "RoleArn": "arn:aws:iam::111122223333:role/pipeline",
        "ArtifactStore": {"Type": "S3", "Location": "acme-artifacts"},
        "Stages": stages,
    }
    return json.dumps({"Resources": {"Pipeline": {"Type": "AWS::CodePipeline::Pipeline", "Properties": properties}}})


def theirs(text: str) -> set[str]:
    from cfnlint.api import lint  # noqa: PLC0415 - a slow import for one lane

    return {match.rule.id for match in lint(text, None, ["eu-west-1"])} & RULES.keys()


def ours(text: str) -> set[str]:
    inventory = loaded(text).inventory
    found: set[str] = set()
    for id, checks in RULES.items():
        for check, kind in checks:
            whole = [one for one in subjects(kind, inventory) if isinstance(one, Subject)]
            if any(verdict(clauses(check, subject)) is Verdict.FAIL for subject in whole):
                found.add(id)
    return found


@pytest.mark.parametrize("case", CASES)
def test_both_find_the_same_faults_but_where_aws_decides_otherwise(case: str) -> None:
    text = template(case)
    differing = {(case, id) for id in theirs(text) ^ ours(text)}
    assert differing == {difference for difference in DIFFERENCES if difference[0] == case}
