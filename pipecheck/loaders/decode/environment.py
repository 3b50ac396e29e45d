"""Environment variables, as a list of mappings or as the JSON text of an action's configuration."""

from __future__ import annotations

from pipecheck.loaders.json_in_text import json_in_text
from pipecheck.loaders.names import API, Names
from pipecheck.loaders.node import Node
from pipecheck.model.environment import EnvironmentVariable
from pipecheck.values import Absent, Default, Items, Place, Reason, Unknown, Value

PLAINTEXT = Default(
    "PLAINTEXT", "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_EnvironmentVariable.html"
)


def decode_variables(node: Node, key: str, names: Names) -> Items[EnvironmentVariable]:
    """The variables listed under `key`."""
    return node.items(key).each(lambda variable: _listed(variable, names))


def _listed(node: Node, names: Names) -> EnvironmentVariable:
    kind = node.text(names["variable.type"])
    return EnvironmentVariable(
        name=node.text(names["variable.name"]),
        value=node.text(names["variable.value"]),
        type=Absent(kind.place, PLAINTEXT) if isinstance(kind, Absent) else kind,
        place=node.head,
    )


def decode_written_variables(text: Value[str], place: Place) -> Items[EnvironmentVariable]:
    """The variables in the JSON text of a CodeBuild action, all at the place of the text.

    `[{"name": "A", "value": "1", "type": "PLAINTEXT"}]`, see
    https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html
    """
    if isinstance(text, Absent):
        return Items((), place)
    if isinstance(text, Unknown) and not text.pieces:
        return Items((), text.place, text)
    root = json_in_text(text)
    if root is None or not isinstance(root.raw, list):
        detail = "the environment variables are not a JSON list"
        return Items((), text.place, Unknown(Reason.INVALID_VALUE, detail, text.place))
    return root.elements().each(lambda variable: _listed(variable, API))
