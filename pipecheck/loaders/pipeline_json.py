"""A pipeline's own structure: get-pipeline's answer, create-pipeline's input, or bare; as JSON or YAML."""

from __future__ import annotations

from pipecheck.loaders.decode.pipeline import decode_pipeline
from pipecheck.loaders.detect import pipeline_route
from pipecheck.loaders.names import API
from pipecheck.loaders.node import Node
from pipecheck.loaders.plain import PlainScope
from pipecheck.model.conditions import NO_CONDITIONS
from pipecheck.model.pipeline import Pipeline
from pipecheck.syntax.document import Document
from pipecheck.values import Place


def load_pipeline(document: Document) -> Pipeline | None:
    """The pipeline that the document describes; None where it describes none."""
    root = document.root
    route = pipeline_route(root) if isinstance(root, dict) else None
    if route is None or not isinstance(root, dict):
        return None
    structure = root[route[0]] if route else root
    node = Node(structure, Place(document.uri, route), PlainScope())
    return decode_pipeline(node, API, NO_CONDITIONS)
