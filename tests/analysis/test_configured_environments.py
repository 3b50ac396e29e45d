"""Environments that the configuration describes, and what they make of an action."""

from __future__ import annotations

import pytest

from pipecheck.analysis.environments import NamedEnvironment, ProductionSettings
from pipecheck.analysis.order import positions
from pipecheck.analysis.production import Environment, environment
from pipecheck.model.pipeline import Action
from pipecheck.values import Truth
from tests.model_builder import action, hidden, pipeline, stage

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
LIVE = "arn:aws:iam::111111111111:role/deploy"
LAB = "arn:aws:iam::222222222222:role/deploy"


def found(deploy: Action, *environments: NamedEnvironment, name: str = "shop") -> Environment:
    whole = pipeline(stage("Deploy", deploy), name=name, role=LIVE)
    [position] = positions(whole)
    return environment(position, whole, ProductionSettings(environments=environments))


def test_the_first_environment_that_matches_decides_against_names_and_is_named() -> None:
    lab = NamedEnvironment("lab", production=False, stacks=("lab-*",))
    live = NamedEnvironment("live", production=True, accounts=("111111111111",))
    assert found(action("Deploy", StackName="lab-prod"), lab, live).production is F
    answer = found(action("Deploy", StackName="shop-dev"), lab, live)
    assert (answer.production, answer.signal) == (T, 'environment "live" (111111111111)')


@pytest.mark.parametrize(
    ("environment_", "expected"),
    [
        (NamedEnvironment("e", production=True, stacks=("SHOP*",)), T),
        (NamedEnvironment("e", production=True, stacks=("shop",), pipelines=("sh?p",)), T),
        (NamedEnvironment("e", production=True, stacks=("shop",), pipelines=("other",)), F),
        (NamedEnvironment("e", production=True, accounts=("222222222222",)), F),
        (NamedEnvironment("e", production=True, clusters=("*",)), F),
        (NamedEnvironment("e", production=True, tags=(("env", "*"),)), F),
        (NamedEnvironment("e", production=True), F),
    ],
)
def test_all_that_is_given_must_match_and_nothing_matches_nothing(
    environment_: NamedEnvironment, expected: Truth
) -> None:
    """Without a match the stage decides: it is called Dev."""
    whole = pipeline(stage("Dev", action("Deploy", StackName="shop")), name="shop", role=LIVE)
    [position] = positions(whole)
    answer = environment(position, whole, ProductionSettings(environments=(environment_,)))
    assert answer.production is expected


def test_services_and_clusters_of_ecs() -> None:
    deploy = action("Deploy", "Deploy/ECS", ServiceName="web", ClusterName="blue")
    assert (
        found(deploy, NamedEnvironment("e", production=True, clusters=("blue",), services=("web",))).production is T
    )
    assert found(deploy, NamedEnvironment("e", production=True, clusters=("green",))).production is U


def test_what_may_be_production_is_open_unless_a_later_name_says_production() -> None:
    live = NamedEnvironment("live", production=True, stacks=("web",))
    open_ = found(action("Deploy", StackName=hidden()), live)
    assert open_.production is U
    assert open_.cause is not None
    assert 'it may be environment "live"' in open_.cause.detail


def test_what_may_be_another_environment_is_open_whatever_names_say() -> None:
    lab = NamedEnvironment("lab", production=False, stacks=("x",))
    live = NamedEnvironment("live", production=True, pipelines=("shop",))
    assert found(action("Deploy", StackName=hidden()), lab).production is U
    assert found(action("Deploy", StackName=hidden()), lab, live).production is U
    assert found(action("Deploy", StackName=hidden()), live, lab).production is T
