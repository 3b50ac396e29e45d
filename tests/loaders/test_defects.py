"""Our own mistakes: an exception that nobody expected is an error of the one input that brings it to light."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipecheck.loaders import inventory, load
from pipecheck.loaders.cloudformation import processing
from pipecheck.loaders.cloudformation.template import Assumptions
from pipecheck.model.pipeline import Pipeline
from pipecheck.values.items import values

GOOD = "Resources: {P: {Type: 'AWS::CodePipeline::Pipeline', Properties: {Name: good}}}"
BAD = "Resources: {'Fn::ForEach::A': [X, [y], {'${X}': {Type: 'AWS::CodePipeline::Pipeline'}}]}"
STRUCTURE = "{name: x, roleArn: y, stages: []}"


def failing(real: Callable[..., Any], uri: str) -> Callable[..., Any]:
    """The function, which fails for a document of that name."""

    def wrapped(first: Any, *rest: Any) -> Any:
        if uri in (first, *rest) or getattr(getattr(first, "document", first), "uri", "") == uri:
            raise KeyError("nobody thought of it")
        return real(first, *rest)

    return wrapped


@pytest.mark.parametrize(
    ("module", "name", "text"),
    [
        (load, "read_all", BAD),
        (inventory, "decode_template", BAD),
        (inventory, "load_pipeline", STRUCTURE),
        (processing, "_Processing", BAD),
    ],
)
def test_the_others_go_on(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, text: str) -> None:
    monkeypatch.setattr(module, name, failing(getattr(module, name), "bad.yaml"))
    inputs = [load.Input("bad.yaml", text, named=True), load.Input("good.yaml", GOOD, named=True)]
    result = load.load(inputs, Assumptions())
    [error] = result.errors
    assert error.source == "bad.yaml"
    assert error.message.startswith("cannot be read: this is a defect of pipecheck: KeyError")
    assert error.exit_code == 3
    assert "good" in [getattr(pipeline.name, "value", "") for pipeline in values(result.inventory.all(Pipeline))]
