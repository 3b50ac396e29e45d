"""Functions that multiply, or go on without an end, are one error on their template and quickly done with."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping

import pytest

from pipecheck.loaders.cloudformation.template import Assumptions
from pipecheck.loaders.load import Input, Loaded, load
from pipecheck.model.pipeline import Pipeline
from pipecheck.values import Known
from pipecheck.values.items import values

Tree = object


def nested(function: Callable[[Tree], Tree], times: int, innermost: Tree) -> Tree:
    made = innermost
    for _ in range(times):
        made = function(made)
    return made


def template(name: Tree, resources: Mapping[str, Tree] | None = None, **sections: Tree) -> str:
    pipeline = {"Type": "AWS::CodePipeline::Pipeline", "Properties": {"Name": name, "Stages": []}}
    return json.dumps({**sections, "Resources": {"Pipeline": pipeline, **(resources or {})}})


def scanned(text: str) -> Loaded:
    good = json.loads(template("good"))
    start = time.process_time()
    result = load([Input("evil.json", text), Input("good.json", json.dumps(good))], Assumptions())
    assert time.process_time() - start < 2
    names = [pipeline.name for pipeline in values(result.inventory.all(Pipeline))]
    assert "good" in [name.value for name in names if isinstance(name, Known)]
    return result


PARAMETER = {"P": {"Type": "String", "AllowedValues": [str(number) for number in range(16)]}}
IS_A = {"C": {"Fn::Equals": [{"Ref": "P"}, "1"]}}
SQUARE = {"M": {str(i): {str(j): str(i * j % 12) for j in range(12)} for i in range(12)}}
BUCKETS = {
    f"B{i}": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": {"Fn::Sub": f"${{B{i + 1}}}-${{B{i + 1}}}"}}}
    for i in range(400)
}
ROLES = {f"R{i}": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": {"Ref": f"R{i + 1}"}}} for i in range(400)}
EXPORTS = {
    f"O{i}": {"Export": {"Name": f"e{i}"}, "Value": {"Fn::Join": ["", [{"Fn::ImportValue": f"e{i + 1}"}] * 2]}}
    for i in range(200)
}
BOTTOM = {"Export": {"Name": "e30"}, "Value": "xx"}
SELECT = {"Fn::Select": [{"Ref": "P"}, [{"Fn::Select": [{"Ref": "P"}, [{"Fn::Select": [{"Ref": "P"}, ["a"] * 16]}] * 16]}] * 16]}  # fmt: skip  # noqa: E501


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(template(nested(lambda e: {"Fn::If": ["C", e, "x"]}, 120, "y"), Parameters=PARAMETER, Conditions=IS_A), id="If"),  # noqa: E501
        pytest.param(template(nested(lambda e: {"Fn::Sub": ["a${x}", {"x": e}]}, 60, "y")), id="Sub"),
        pytest.param(template(nested(lambda e: {"Fn::Join": ["", ["a", e]]}, 60, "y")), id="Join"),
        pytest.param(template("x", ROLES), id="a chain of roles"),
        pytest.param(template({"Ref": "B0"}, BUCKETS), id="names that double"),
        pytest.param(template({"Fn::ImportValue": "e0"}, Outputs=EXPORTS), id="exports that double"),
        pytest.param(template({"Fn::ImportValue": "e0"}, Outputs={**EXPORTS, "O30": BOTTOM}), id="texts that double"),
        pytest.param(template(SELECT, Parameters=PARAMETER), id="choices in choices"),
    ],
)  # fmt: skip
def test_too_much_is_one_error_on_its_template(text: str) -> None:
    [error] = scanned(text).errors
    assert "(limit: evaluation)" in error.message
    assert error.source == "evil.json"
    assert error.line is not None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(template(nested(lambda e: {"Fn::FindInMap": ["M", e, e]}, 6, {"Ref": "P"}), Mappings=SQUARE, Parameters={"P": {"Type": "String"}}), id="keys of mappings"),  # noqa: E501
        pytest.param(template({"Fn::Join": ["", {"Fn::Cidr": ["::/0", "100000000000000", 1]}]}), id="blocks of addresses"),  # noqa: E501
        pytest.param(template({"Fn::Sub": "${P}" * 100}, Parameters={"P": {"Type": "String", "Default": "x" * 10**6}}), id="long texts"),  # noqa: E501
        pytest.param(template({"Fn::Select": ["9" * 5000, ["a"]]}), id="a number of 5,000 digits"),
    ],
)  # fmt: skip
def test_what_could_grow_is_kept_small(text: str) -> None:
    assert scanned(text).errors == ()


def test_many_expressions_over_many_parameters_are_worked_out_up_to_a_bound() -> None:
    parameters = {f"P{i}": {"Type": "String", "AllowedValues": ["a", "b"]} for i in range(10)}
    text = "".join(f"${{{name}}}" for name in parameters)
    conditions = {f"C{i}": {"Fn::Equals": [{"Fn::Sub": text}, str(i)]} for i in range(200)}
    assert scanned(template({"Fn::If": ["C1", "a", "b"]}, Parameters=parameters, Conditions=conditions)).errors == ()


def test_forty_functions_inside_each_other_are_worked_out() -> None:
    result = scanned(template(nested(lambda e: {"Fn::Join": ["", ["a", e]]}, 40, "y")))
    assert result.errors == ()
    names = [pipeline.name for pipeline in values(result.inventory.all(Pipeline))]
    assert "a" * 40 + "y" in [name.value for name in names if isinstance(name, Known)]
