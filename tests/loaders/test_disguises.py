"""The same resources written in many ways are the same model."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipecheck.loaders.cloudformation.template import Assumptions
from pipecheck.loaders.load import Input, load
from pipecheck.loaders.source_tree import Texts
from pipecheck.model.bucket import Bucket
from pipecheck.model.build_project import BuildProject
from pipecheck.model.conditions import Conditions
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Pipeline
from pipecheck.model.role import Role
from pipecheck.values import Absent, Items, Known, Place, Unknown
from tests.loaders.disguises import Disguise, Disguised, Resources, written

few = settings(max_examples=150, deadline=None)
thousands = settings(few, max_examples=5000)
SEEDS = st.integers(0, 2**64 - 1)
"""Of which everything in one case is made: drawn one by one, its thousands of choices would take minutes."""

KINDS = (Pipeline, Role, BuildProject, Bucket)


def bare(value: Any) -> Any:
    """A part of the model without places and steps."""
    match value:
        case Place() | Conditions():
            return None
        case Known(known):
            return ("known", bare(known))
        case Absent(default=default):
            return ("absent", None if default is None else default.value)
        case Unknown():
            pieces = [piece if isinstance(piece, str) else bare(piece) for piece in value.pieces]
            return ("unknown", value.reason, value.spelling, pieces, [bare(one) for one in value.candidates])
        case Items():
            members = [(bare(member.value), member.guard, member.present) for member in value.members]
            return ("items", members, value.open is None)
        case tuple() | list():
            return [bare(one) for one in value]
        case dict():
            return {key: bare(one) for key, one in value.items() if key != "NotThere"}
        case _ if is_dataclass(value):
            return (type(value).__name__, {field.name: bare(getattr(value, field.name)) for field in fields(value)})
        case _:
            return value


def model(inventory: Inventory) -> dict[str, Any]:
    return {
        kind.__name__: [(bare(member.value), member.guard) for member in inventory.all(kind).members]
        for kind in KINDS
    }


def inventory(disguised: Disguised, random: Random) -> Inventory:
    inputs = [
        Input("parent.yaml", written(disguised.parent, random), named=True),
        Input("child.yaml", written(disguised.template, random), named=True),
        Input("exports.yaml", written(disguised.exporting, random), named=True),
    ]
    files = Texts({name: written(tree, random).encode() for name, tree in disguised.files.items()})
    found = load(inputs, Assumptions(disguised.parameters), files)
    assert found.errors == ()
    return found.inventory


def is_the_same_in_disguise(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - no secret
    plain = Resources(random).all()
    disguised = Disguise(random).resources(plain)
    text = json.dumps({"Resources": plain})
    expected = load([Input("child.yaml", text, named=True)], Assumptions()).inventory
    assert model(inventory(disguised, random)) == model(expected)


@few
@given(SEEDS)
def test_the_same_resources_in_disguise_are_the_same_model(seed: int) -> None:
    is_the_same_in_disguise(seed)


@pytest.mark.long
@thousands
@given(SEEDS)
def test_thousands_of_the_same_resources_in_disguise_are_the_same_model(seed: int) -> None:
    is_the_same_in_disguise(seed)
