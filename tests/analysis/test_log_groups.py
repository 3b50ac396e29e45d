"""Which log group a project writes to, and whether the input declares it."""

from __future__ import annotations

import pytest

from pipecheck.analysis.log_groups import declared, project_group
from pipecheck.model.build_project import BuildProject
from pipecheck.values import Truth
from pipecheck.values.items import values
from tests.loaders.templates import loaded

TEMPLATE = """
Parameters: {App: {Type: String}}
Resources:
  Build: {Type: AWS::CodeBuild::Project, Properties: {%s}}
  Logs: {Type: AWS::Logs::LogGroup, Properties: {%s}}
"""


@pytest.mark.parametrize(
    ("project", "group", "expected"),
    [
        ("Name: shop", "LogGroupName: /aws/codebuild/shop", Truth.TRUE),
        ("Name: shop", "LogGroupName: /aws/codebuild/other", Truth.FALSE),
        ("Name: shop", "RetentionInDays: 30", Truth.FALSE),
        ("Name: shop", "LogGroupName: !Ref App", Truth.UNKNOWN),
        ("Name: !Ref App", "LogGroupName: !Sub '/aws/codebuild/${App}'", Truth.TRUE),
        ("Name: !Ref App", "LogGroupName: /aws/codebuild/shop", Truth.UNKNOWN),
        ("Name: !Ref App", "LogGroupName: /aws/lambda/shop", Truth.FALSE),
        ("Name: !Ref App", "LogGroupName: !Sub '/aws/lambda/${AWS::StackName}'", Truth.FALSE),
        ("Name: !Sub '${AWS::StackName}-b'", "LogGroupName: !Sub '/aws/codebuild/${AWS::StackName}-b'", Truth.TRUE),
        ("Description: x", "LogGroupName: !Sub '/aws/codebuild/${Build}'", Truth.TRUE),
        ("Description: x", "LogGroupName: /aws/lambda/shop", Truth.FALSE),
    ],
)
def test_whether_the_group_of_a_project_is_declared(project: str, group: str, expected: Truth) -> None:
    inventory = loaded(TEMPLATE % (project, group)).inventory
    [build] = values(inventory.all(BuildProject))
    assert declared(project_group(build), inventory).truth is expected
