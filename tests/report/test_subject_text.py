from dataclasses import replace

import pytest

from pipecheck.model.subject import SubjectName
from pipecheck.report.subject_text import listed, subject_in_context, subject_text
from tests.report.reports import ACTION, ROLE, STORE


@pytest.mark.parametrize(
    ("subject", "name", "in_context"),
    [
        (ACTION, "shop > Deploy > Prod", "shop > Deploy > Prod"),
        (STORE, "artifact store Shop.ArtifactStore", "shop > artifact store"),
        (replace(ROLE, pipelines=("shop",)), "role PipelineRole", "role PipelineRole of pipeline shop"),
        (replace(ROLE, pipelines=("a", "b")), "role PipelineRole", "role PipelineRole of pipelines a, b"),
        (replace(ROLE, pipelines=("a", "b", "c")), "role PipelineRole", "role PipelineRole of pipelines a, b, c"),
        (ROLE, "role PipelineRole", "role PipelineRole of pipelines shop, search, mail and 2 more"),
        (replace(ROLE, pipelines=()), "role PipelineRole", "role PipelineRole"),
        (SubjectName("pipeline", "pipeline"), "pipeline pipeline", "pipeline pipeline"),
    ],
)
def test_a_subject_by_itself_and_in_its_surroundings(subject: SubjectName, name: str, in_context: str) -> None:
    assert subject_text(subject) == name
    assert subject_in_context(subject) == in_context


def test_a_list_says_how_much_it_leaves_out() -> None:
    assert listed(["a", "b"], 2) == "a, b"
    assert listed(["a", "b", "c"], 2) == "a, b and 1 more"
