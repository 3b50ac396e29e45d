"""Texts that hold more, or less, than one document."""

from __future__ import annotations

from textwrap import dedent

import pytest

from pipecheck.loaders.cloudformation.template import Assumptions
from pipecheck.loaders.load import Input, load
from pipecheck.model.pipeline import Pipeline
from pipecheck.values.items import values

ONE = "Resources: {P: {Type: 'AWS::CodePipeline::Pipeline', Properties: {Name: one}}}"


def test_what_follows_the_root_of_a_document_is_never_dropped_in_silence() -> None:
    text = dedent(
        """
          A: 1
        Resources:
          P: {Type: AWS::CodePipeline::Pipeline}
        """
    )
    [error] = load([Input("a.yaml", text)], Assumptions()).errors
    assert error.line == 3


def test_a_second_document_is_an_error_where_it_begins() -> None:
    result = load([Input("a.yaml", f"{ONE}\n---\n{ONE}\n")], Assumptions())
    [error] = result.errors
    assert (error.line, error.message) == (3, "a second YAML document in one file is not read")
    assert len(list(values(result.inventory.all(Pipeline)))) == 1


@pytest.mark.parametrize("text", ["a: 1\n---\nb: 2\n", "# only a comment\n", ""])
def test_other_documents_are_passed_over(text: str) -> None:
    assert load([Input("a.yaml", text)], Assumptions()).errors == ()


def test_a_page_that_shows_a_template_is_passed_over() -> None:
    page = f"# How to\n\n```yaml\n{ONE}\n```\n: ["
    assert load([Input("README.md", page)], Assumptions()).errors == ()


def test_a_broken_template_on_one_line_is_an_error_too() -> None:
    for text in ('{"Resources": {"B": {"Type": "AWS::S3::Bucket"}', '{"name": "x", "roleArn": "y", "stages": [}'):
        [error] = load([Input("a.json", text)], Assumptions()).errors
        assert error.line == 1


def test_a_broken_json_file_is_not_read_as_yaml() -> None:
    text = '{"Resources": {"P": {"Type": "AWS::CodePipeline::Pipeline" "Properties": {}}}}'
    [error] = load([Input("a.json", text, named=True)], Assumptions()).errors
    assert (error.line, error.column) == (1, 60)
