"""Values of template parameters from a file, in the three shapes that people have."""

from __future__ import annotations

from collections.abc import Mapping

from pipecheck.errors import UsageError
from pipecheck.syntax.document import Document
from pipecheck.syntax.read import read
from pipecheck.values import Route

_EXPECTED = (
    "expected the list of the AWS CLI ([{ParameterKey: …, ParameterValue: …}]), the template configuration of "
    "CodePipeline ({Parameters: {…}}), or a plain mapping of names to values"
)


def read_parameters(text: str | bytes, uri: str) -> Mapping[str, str]:
    """The values by parameter name. Raises InputError for what cannot be read, UsageError for another shape.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/continuous-delivery-codepipeline-cfn-artifacts.html
    """
    document = read(text, uri)
    root = document.root
    if isinstance(root, list):
        return _from_list(document, root)
    if isinstance(root, dict) and isinstance(root.get("Parameters"), dict):
        return _from_mapping(document, root["Parameters"], ("Parameters",))
    if isinstance(root, dict):
        return _from_mapping(document, root, ())
    raise _error(document, (), _EXPECTED)


def _from_list(document: Document, entries: list[object]) -> Mapping[str, str]:
    values: dict[str, str] = {}
    for index, entry in enumerate(entries):
        match entry:
            case {"ParameterKey": str(name), "ParameterValue": value}:
                values[name] = _text(document, value, (index, "ParameterValue"))
            case {"ParameterKey": str(), "UsePreviousValue": _}:
                continue
            case _:
                raise _error(document, (index,), _EXPECTED)
    return values


def _from_mapping(document: Document, mapping: Mapping[str, object], route: Route) -> Mapping[str, str]:
    return {name: _text(document, value, (*route, name)) for name, value in mapping.items()}


def _text(document: Document, value: object, route: Route) -> str:
    """A value as CloudFormation takes it; a list is written with commas."""
    match value:
        case bool():
            return "true" if value else "false"
        case str() | int() | float():
            return str(value)
        case list():
            return ",".join(_text(document, element, (*route, index)) for index, element in enumerate(value))
        case _:
            raise _error(document, route, "expected a text, a number, true, false or a list of them")


def _error(document: Document, route: Route, message: str) -> UsageError:
    span = document.span(route)
    return UsageError(message, source=document.uri, line=span.line, column=span.column)
