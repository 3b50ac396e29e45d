"""Values that go from one template to another."""

from __future__ import annotations

from textwrap import dedent

from pipecheck.loaders.cloudformation.template import Assumptions
from pipecheck.loaders.load import Input, load
from pipecheck.model.bucket import Bucket
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Pipeline
from pipecheck.values import Known, Reason, Unknown
from pipecheck.values.items import values
from pipecheck.values.text import spelled

PARENT = """
Parameters: {Env: {Type: String, Default: prod}}
Resources:
  Bucket: {Type: AWS::S3::Bucket}
  Child:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./child.yaml
      Parameters: {Name: !Sub "shop-${Env}", Bucket: !Ref Bucket, Stack: !Ref AWS::StackName, Zones: "a,b"}
  Other:
    Type: AWS::CodePipeline::Pipeline
    Properties: {Name: !GetAtt Child.Outputs.PipelineName}
"""
CHILD = """
Parameters:
  Name: {Type: String}
  Bucket: {Type: String}
  Stack: {Type: String}
  Zones: {Type: CommaDelimitedList}
  Own: {Type: String, Default: own}
Resources:
  Pipeline:
    Type: AWS::CodePipeline::Pipeline
    Properties: {Name: %s, ArtifactStore: {Type: S3, Location: !Ref Bucket}}
Outputs: {PipelineName: {Value: !Ref Pipeline}}
"""


def inventory(name: str = "!Ref Name", parent: str = PARENT) -> Inventory:
    texts = {"infra/parent.yaml": parent, "infra/child.yaml": CHILD % name}
    return load([Input(uri, dedent(text)) for uri, text in texts.items()], Assumptions()).inventory


def child(found: Inventory) -> Pipeline:
    [pipeline] = [p for p in values(found.all(Pipeline)) if p.place.source.endswith("child.yaml")]
    return pipeline


def test_a_nested_stack_gets_its_parameters_from_its_parent() -> None:
    name = child(inventory()).name
    assert isinstance(name, Known)
    assert name.value == "shop-prod"
    assert {step.kind for step in name.via} == {"parameter", "parameter-default", "stack-parameter"} - {"parameter"}
    assert name.place.source == "infra/child.yaml"


def test_a_resource_of_the_parent_is_linked() -> None:
    found = inventory()
    [store] = values(child(found).artifact_stores)
    assert isinstance(found.find(Bucket, store.location), Known)


def test_a_list_parameter_is_split() -> None:
    assert spelled(child(inventory("!Select [1, !Ref Zones]")).name) == "b"


def test_a_parameter_that_the_parent_leaves_out_has_its_default() -> None:
    assert spelled(child(inventory("!Ref Own")).name) == "own"


def test_the_name_of_one_stack_is_not_the_name_of_another() -> None:
    assert spelled(child(inventory("!Ref Stack")).name) != spelled(child(inventory("!Ref AWS::StackName")).name)


def test_an_output_of_a_nested_stack_comes_back() -> None:
    [other] = [p for p in values(inventory().all(Pipeline)) if p.place.source.endswith("parent.yaml")]
    assert isinstance(other.name, Known)
    assert other.name.value == "shop-prod"


def test_a_stack_that_is_deployed_twice_has_candidates() -> None:
    twice = dedent(PARENT) + dedent(
        """
          Again:
            Type: AWS::CloudFormation::Stack
            Properties: {TemplateURL: child.yaml, Parameters: {Name: second}}
        """
    ).replace("\n", "\n  ")
    name = child(inventory(parent=twice)).name
    assert isinstance(name, Unknown)
    assert [c.value for c in name.candidates if isinstance(c, Known)] == ["shop-prod", "second"]


REMOTE = PARENT.replace("./child.yaml", "https://s3.amazonaws.com/bucket/child.yaml")


def test_a_stack_on_s3_is_taken_for_the_only_file_of_that_name_and_the_assumption_is_kept() -> None:
    name = child(inventory(parent=REMOTE)).name
    assert isinstance(name, Known)
    assert ("stack-file", "Child deploys infra/child.yaml") in {(step.kind, step.name) for step in name.via}


def test_a_stack_on_s3_whose_parameters_do_not_fit_is_another_template() -> None:
    name = child(inventory(parent=REMOTE.replace("Zones:", "Nonsense:"))).name
    assert isinstance(name, Unknown)
    assert name.reason is Reason.PARAMETER_WITHOUT_DEFAULT


def test_stacks_that_depend_on_each_other_end() -> None:
    parent = PARENT.replace('!Sub "shop-${Env}"', "!GetAtt Child.Outputs.PipelineName")
    assert isinstance(child(inventory(parent=parent)).name, Unknown)
