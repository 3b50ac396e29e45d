"""Calls to GitHub: what is tried again, what is not, and what an answer that is no answer becomes."""

from collections.abc import Iterator

import pytest

from pipecheck.github.check_run import CheckRun, publish
from pipecheck.github.client import ApiError, Client
from pipecheck.report.github import Annotation
from pipecheck.values import Span
from tests.github.server import REPOSITORY, GitHub, serving


@pytest.fixture
def github() -> Iterator[GitHub]:
    with serving() as running:
        yield running


def client(github: GitHub) -> Client:
    return Client(github.url, REPOSITORY, "token", wait=lambda _: None)


@pytest.mark.parametrize(("status", "calls"), [(503, 3), (403, 1), (404, 1)])
def test_a_passing_fault_is_tried_again_and_a_refusal_is_not(github: GitHub, status: int, calls: int) -> None:
    github.refused["code-scanning"] = status
    with pytest.raises(ApiError) as raised:
        client(github).get("code-scanning/analyses")
    assert raised.value.status == status
    assert len(github.calls) == calls


def test_what_may_have_been_done_is_not_done_twice(github: GitHub) -> None:
    github.refused["issues"] = 502
    with pytest.raises(ApiError):
        client(github).send("POST", "issues/1/comments", {"body": "x"})
    assert len(github.calls) == 1


def test_nobody_there_is_an_error_of_ours() -> None:
    with pytest.raises(ApiError, match="GitHub cannot be reached"):
        Client("http://127.0.0.1:9", REPOSITORY, "token", wait=lambda _: None).get("issues")


def test_a_check_run_stays_within_its_limits(github: GitHub) -> None:
    annotation = Annotation("warning", "t" * 400, "message", "a.yaml", Span(3, 1, 4, 2))
    run = CheckRun("pipecheck", "0" * 40, "neutral", "title" * 100, "s" * 100_000)
    assert publish(client(github), run, [annotation] * 1_200) == 1_000
    first = github.calls[0].body["output"]
    assert (len(first["title"]), len(first["summary"])) == (255, 65_535)
    assert len(first["annotations"][0]["title"]) == 255
    assert "start_column" not in first["annotations"][0], "GitHub refuses columns of several lines"
    assert len(github.calls) == 20
