"""EventBridge rules: what their patterns demand, and when they act at all."""

from __future__ import annotations

from pipecheck.model.event_rule import EventRule
from pipecheck.model.pipeline import Pipeline
from pipecheck.values import Absent, Known, Reason, Unknown, known
from pipecheck.values.items import values
from pipecheck.values.text import spelled
from tests.loaders.templates import loaded

TEMPLATE = """
Parameters:
  Source: {Type: String}
Conditions:
  Live: !Equals [!Ref Source, live]
Resources:
  Pipeline: {Type: AWS::CodePipeline::Pipeline, Properties: {Name: shop, Stages: []}}
  Rule:
    Type: AWS::Events::Rule
    Properties: %s
"""


def rule(properties: str) -> EventRule:
    [found] = values(loaded(TEMPLATE % properties).inventory.all(EventRule))
    return found


def demands(found: EventRule) -> list[tuple[str | None, list[tuple[str | None, list[str | None]]]]]:
    """Each field with its matchers: the operator and its values, unknown parts by their spelling."""
    return [
        (
            spelled(field.path),
            [
                (known(one.operator), [spelled(value) for value in values(one.values)])
                for one in values(field.matchers)
            ],
        )
        for field in values(found.pattern)
    ]


def test_what_a_rule_is_by_default() -> None:
    found = rule("{ScheduleExpression: rate(1 day)}")
    defaults = [part.default.value for part in (found.state, found.bus) if isinstance(part, Absent) and part.default]
    assert defaults == ["ENABLED", "default"]
    assert known(found.schedule) == "rate(1 day)"
    assert (found.pattern.members, found.pattern.open) == ((), None)


def test_all_of_a_rule() -> None:
    found = rule(
        "{Name: start, State: DISABLED, EventBusName: own, RoleArn: r, "
        "Targets: [{Id: p, Arn: !Sub 'arn:aws:codepipeline:eu-west-1:1:${Pipeline}', RoleArn: t}]}"
    )
    assert [known(part) for part in (found.name, found.state, found.bus, found.role_arn)] == [
        "start",
        "DISABLED",
        "own",
        "r",
    ]
    [target] = values(found.targets)
    assert known(target.role_arn) == "t"


def test_a_target_is_found_by_the_name_of_its_pipeline() -> None:
    inventory = loaded(
        TEMPLATE % "{Targets: [{Id: p, Arn: !Sub 'arn:aws:codepipeline:eu-west-1:1:${Pipeline}'}]}"
    ).inventory
    [found] = values(inventory.all(EventRule))
    [target] = values(found.targets)
    assert isinstance(inventory.find(Pipeline, target.arn), Known)


PATTERN = """
source: [aws.codepipeline]
detail:
  state: [FAILED, {prefix: STOP}]
  pipeline: [!Ref Pipeline]
  count: [{numeric: [">", 0]}]
  actor: [{anything-but: [robot, cron]}, null]
  "type": [{exists: false}]
"""


def test_the_fields_of_a_pattern() -> None:
    indented = PATTERN.replace("\n", "\n        ")
    expected = [
        ("source", [("equals", ["aws.codepipeline"])]),
        ("detail.state", [("equals", ["FAILED"]), ("prefix", ["STOP"])]),
        ("detail.pipeline", [("equals", ["shop"])]),
        ("detail.count", [("numeric", [">", "0"])]),
        ("detail.actor", [("anything-but", ["robot", "cron"]), ("equals", [None])]),
        ("detail.type", [("exists", ["false"])]),
    ]
    assert demands(rule(f"\n      EventPattern:{indented}")) == expected


def test_a_pattern_that_is_written_as_a_text() -> None:
    found = rule("""{EventPattern: !Sub '{"source": ["aws.${Source}"], "detail": {"state": ["FAILED"]}}'}""")
    assert demands(found) == [
        ("source", [("equals", ["aws.${Source}"])]),
        ("detail.state", [("equals", ["FAILED"])]),
    ]
    assert found.pattern.open is None


def test_a_pattern_that_cannot_be_seen_may_demand_anything() -> None:
    for pattern in ("!ImportValue Pattern", "'{not json'", "!Ref Source"):
        found = rule(f"{{EventPattern: {pattern}}}")
        assert (found.pattern.members, found.pattern.open is None) == ((), False)


def test_alternatives_are_not_read() -> None:
    found = rule("{EventPattern: {source: [a], $or: [{detail: {state: [FAILED]}}, {region: [r]}]}}")
    assert demands(found) == [("source", [("equals", ["a"])])]
    assert found.pattern.open is not None
    assert found.pattern.open.reason is Reason.CONDITION_NOT_EVALUATED


def test_a_part_that_stands_under_a_condition_is_no_plain_demand() -> None:
    found = rule("{EventPattern: {detail: {state: !If [Live, [FAILED], [STOPPED]]}}}")
    [field] = values(found.pattern)
    assert {known(value) for one in values(field.matchers) for value in values(one.values)} == {"FAILED", "STOPPED"}
    assert all(member.guard for member in field.matchers.members)


def test_a_matcher_with_two_operators_is_none() -> None:
    found = rule("{EventPattern: {source: [{prefix: a, suffix: b}]}}")
    [field] = values(found.pattern)
    [matcher] = values(field.matchers)
    assert isinstance(matcher.operator, Unknown)
