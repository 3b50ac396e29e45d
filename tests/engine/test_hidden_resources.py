"""What rules are called on, where a template hides some of it."""

from __future__ import annotations

from pipecheck.engine.subjects import Unseen, subjects
from tests.loaders.templates import loaded


def test_resources_that_a_loop_hides_are_one_unseen_subject_of_every_kind() -> None:
    found = loaded(
        """
        Parameters: {Apps: {Type: CommaDelimitedList}}
        Resources:
          P: {Type: AWS::CodePipeline::Pipeline, Properties: {Name: app}}
          Fn::ForEach::More: [App, !Ref Apps, {"P${App}": {Type: AWS::CodePipeline::Pipeline}}]
        """
    )
    for kind in ("pipeline", "stage", "role"):
        [hidden] = (
            subject
            for subject in subjects(kind, found.inventory)
            if isinstance(subject, Unseen) and subject.name.kind == "template"
        )
        assert hidden.place.route == ("Resources", "Fn::ForEach::More")
        assert hidden.cause.detail == "the list of Fn::ForEach::More is not known"


def test_a_template_in_sight_hides_nothing() -> None:
    found = loaded("Resources: {P: {Type: AWS::CodePipeline::Pipeline, Properties: {Name: app}}}")
    assert not any(isinstance(subject, Unseen) for subject in subjects("pipeline", found.inventory))
