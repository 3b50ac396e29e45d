"""Small templates for the tests of the loaders."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from textwrap import dedent

from pipecheck.loaders.cloudformation.template import Assumptions
from pipecheck.loaders.load import Input, Loaded, load
from pipecheck.model.conditions import Conditions
from pipecheck.model.pipeline import Pipeline
from pipecheck.values import Place
from pipecheck.values.items import values


def loaded(*texts: str, parameters: dict[str, str] | None = None, assume_defaults: bool = True) -> Loaded:
    """The inventory of texts named a.yaml, b.yaml …"""
    inputs = [Input(f"{name}.yaml", dedent(text), named=True) for name, text in zip("abcdef", texts, strict=False)]
    return load(inputs, Assumptions(parameters or {}, assume_defaults))


def pipeline(*texts: str, parameters: dict[str, str] | None = None, assume_defaults: bool = True) -> Pipeline:
    """The only pipeline of the texts."""
    [found] = values(loaded(*texts, parameters=parameters, assume_defaults=assume_defaults).inventory.all(Pipeline))
    return found


def with_name(expression: str, before: str = "") -> str:
    """A template with one pipeline whose name is `expression`; `before` holds further sections."""
    return dedent(before) + dedent(
        f"""
        Resources:
          Key: {{Type: AWS::KMS::Key}}
          Named: {{Type: AWS::S3::Bucket, Properties: {{BucketName: literal}}}}
          Unnamed: {{Type: AWS::S3::Bucket}}
          Pipeline:
            Type: AWS::CodePipeline::Pipeline
            Properties:
              Name: {expression}
              Stages: []
        """
    )


def without_places(value: object) -> object:
    """The model as plain tuples, places left out."""
    if isinstance(value, Place | Conditions):
        return None
    if is_dataclass(value):
        return (type(value).__name__, *(without_places(getattr(value, field.name)) for field in fields(value)))
    if isinstance(value, dict):
        return {key: without_places(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return tuple(without_places(part) for part in value)
    return value
