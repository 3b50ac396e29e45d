"""A pipeline's own structure: get-pipeline's answer, create-pipeline's input, or bare; as JSON or YAML."""

from __future__ import annotations

from pipecheck.loaders.buildspecs import Buildspecs
from pipecheck.loaders.decode.part import Part
from pipecheck.loaders.decode.pipeline import decode_pipeline
from pipecheck.loaders.decode.tag import decode_tags
from pipecheck.loaders.detect import pipeline_route
from pipecheck.loaders.names import API
from pipecheck.loaders.node import Node
from pipecheck.loaders.plain import PlainScope
from pipecheck.model.conditions import NO_CONDITIONS
from pipecheck.model.pipeline import Pipeline
from pipecheck.syntax.document import Document
from pipecheck.values import Known, Place, Reason, Unknown, Value
from pipecheck.values.record import replace

_REGION, _ACCOUNT, _PARTS = 3, 4, 6


def load_pipeline(document: Document, buildspecs: Buildspecs) -> Pipeline | None:
    """The pipeline that the document describes; None where it describes none."""
    root = document.root
    route = pipeline_route(root) if isinstance(root, dict) else None
    if route is None or not isinstance(root, dict):
        return None
    structure = root[route[0]] if route else root
    node = Node(structure, Place(document.uri, route), PlainScope())
    answer = Node(document.root, Place(document.uri, ()), PlainScope())
    metadata = Part(answer.get(API["answer.metadata"]))
    arn = metadata.text(API["metadata.arn"])
    pipeline = decode_pipeline(
        node,
        API,
        NO_CONDITIONS,
        buildspecs,
        region=_part(arn, _REGION, "region", document.uri),
        account=_part(arn, _ACCOUNT, "account", document.uri),
    )
    tags = decode_tags(answer, API["answer.tags"], API) if API["answer.tags"] in answer.keys else pipeline.tags
    disabled_at = metadata.text(API["metadata.polling_disabled_at"])
    return replace(pipeline, tags=tags, polling_disabled_at=disabled_at)


def _part(arn: Value[str], index: int, name: str, uri: str) -> Value[str]:
    """One part of `arn:aws:codepipeline:eu-west-1:111122223333:app`."""
    if isinstance(arn, Known) and len(parts := arn.value.split(":")) == _PARTS and parts[index]:
        return Known(parts[index], arn.place)
    detail = (
        f"the {name} of the pipeline is not known: the input has no metadata.pipelineArn, as get-pipeline answers"
    )
    return Unknown(Reason.NOT_RETURNED, detail, Place(uri, ()), token=True)
