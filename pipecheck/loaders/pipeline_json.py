"""A pipeline's own structure: get-pipeline's answer, create-pipeline's input, or bare; as JSON or YAML."""

from __future__ import annotations

from pipecheck.loaders.buildspecs import Buildspecs
from pipecheck.loaders.decode.pipeline import decode_pipeline
from pipecheck.loaders.detect import pipeline_route
from pipecheck.loaders.names import API
from pipecheck.loaders.node import Node
from pipecheck.loaders.plain import PlainScope
from pipecheck.model.conditions import NO_CONDITIONS
from pipecheck.model.pipeline import Pipeline
from pipecheck.syntax.document import Document
from pipecheck.values import Known, Place, Reason, Unknown, Value, bind

_REGION, _ACCOUNT, _PARTS = 3, 4, 6


def load_pipeline(document: Document, buildspecs: Buildspecs) -> Pipeline | None:
    """The pipeline that the document describes; None where it describes none."""
    root = document.root
    route = pipeline_route(root) if isinstance(root, dict) else None
    if route is None or not isinstance(root, dict):
        return None
    structure = root[route[0]] if route else root
    node = Node(structure, Place(document.uri, route), PlainScope())
    arn = _arn(document)
    return decode_pipeline(
        node,
        API,
        NO_CONDITIONS,
        buildspecs,
        region=_part(arn, _REGION, "region", document.uri),
        account=_part(arn, _ACCOUNT, "account", document.uri),
    )


def _arn(document: Document) -> Value[str]:
    """The pipeline's ARN in the metadata of get-pipeline's answer; absent where there is none."""
    root = Node(document.root, Place(document.uri, ()), PlainScope())
    return bind(root.get("metadata"), lambda metadata: metadata.text("pipelineArn"))


def _part(arn: Value[str], index: int, name: str, uri: str) -> Value[str]:
    """One part of `arn:aws:codepipeline:eu-west-1:111122223333:app`."""
    if isinstance(arn, Known) and len(parts := arn.value.split(":")) == _PARTS and parts[index]:
        return Known(parts[index], arn.place)
    detail = (
        f"the {name} of the pipeline is not known: the input has no metadata.pipelineArn, as get-pipeline answers"
    )
    return Unknown(Reason.NOT_RETURNED, detail, Place(uri, ()), token=True)
