"""What tells a pipeline that its source has changed: event rules and webhooks of the input.

The patterns that start a pipeline:
https://docs.aws.amazon.com/codepipeline/latest/userguide/update-change-detection.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import translate

from pipecheck.analysis.answer import NO, YES, Answer, all_hold, any_holds, presence, told, undecided
from pipecheck.analysis.labels import logical_id, quoted
from pipecheck.model.event_rule import EventField, EventMatcher, EventRule, EventTarget
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action, Pipeline
from pipecheck.model.webhook import Webhook
from pipecheck.values import Absent, Known, Place, Reason, Truth, Unknown, Value, ask, reference, truth
from pipecheck.values.items import values
from pipecheck.values.record import record
from pipecheck.values.text import contains, ends_with, equals, spelled

_SOURCES = {"CodeCommit": "aws.codecommit", "S3": "aws.s3", "ECR": "aws.ecr"}
"""What events of a source say that they come from, by the provider of the source."""

_FIXED: Mapping[str, frozenset[str]] = {
    "detail-type": frozenset(
        {
            *("CodeCommit Repository State Change", "AWS API Call via CloudTrail", "Object Created"),
            *("ECR Image Action", "ECR Image Scan"),
        }
    ),
    "detail.event": frozenset({"referenceUpdated"}),
    "detail.referenceType": frozenset({"branch"}),
    "detail.eventSource": frozenset({"s3.amazonaws.com"}),
    "detail.eventName": frozenset({"PutObject", "CompleteMultipartUpload", "CopyObject"}),
    "detail.action-type": frozenset({"PUSH"}),
    "detail.result": frozenset({"SUCCESS"}),
    "detail.scan-status": frozenset({"COMPLETE"}),
    "detail.reason": frozenset({"PutObject", "CompleteMultipartUpload", "CopyObject"}),
}
"""Fields that say what kind of change it is, with the values of a change of the source."""

_NAMED: Mapping[str, Mapping[str, str]] = {
    "CodeCommit": {
        "detail.repositoryName": "RepositoryName",
        "detail.referenceName": "BranchName",
        "resources": "RepositoryName",
    },
    "S3": {
        "detail.requestParameters.bucketName": "S3Bucket",
        "detail.requestParameters.key": "S3ObjectKey",
        "detail.bucket.name": "S3Bucket",
        "detail.object.key": "S3ObjectKey",
        "detail.resources.ARN": "S3Bucket",
        "resources": "S3Bucket",
    },
    "ECR": {"detail.repository-name": "RepositoryName", "detail.image-tag": "ImageTag"},
}
"""Fields that name the source, with the setting of the action that names it, by provider."""

_EVERYWHERE = frozenset({"account", "region", "version"})
_ARNS = frozenset({"resources", "detail.resources.ARN"})
_LATEST = "latest"


@record
class Listener:
    """An event rule or webhook that starts a pipeline.

    `starts` is whether a change of the source makes it do so; where it does not, `fault` says why and `place` where.
    `label` is what the rule or webhook is called.
    """

    label: str
    starts: Answer
    fault: str
    place: Place


@record
class _Part:
    """One thing that has to be so for a rule to start the pipeline."""

    met: Answer
    fault: str
    place: Place


def listeners(action: Action, pipeline: Pipeline, inventory: Inventory) -> Iterator[Listener]:
    """The event rules and webhooks of the input that start the pipeline, without those for its other sources."""
    for rule in values(inventory.all(EventRule)):
        aimed = any_holds([_aims_at(target, pipeline, inventory) for target in values(rule.targets)])
        if rule.targets.open is not None:
            aimed = any_holds([aimed, undecided(rule.targets.open)])
        if aimed.truth is not Truth.FALSE:
            yield from _rule(rule, aimed, action, pipeline)
    for webhook in values(inventory.all(Webhook)):
        started = inventory.find(Pipeline, webhook.target_pipeline)
        if isinstance(started, Known) and started.value is pipeline:
            yield from _webhook(webhook, action)
        elif isinstance(started, Unknown) and spelled(webhook.target_pipeline) is None:
            yield _listener(_label(webhook), undecided(started), [], webhook.place)


def _label(resource: EventRule | Webhook) -> str:
    noun = "webhook" if isinstance(resource, Webhook) else "event rule"
    return f"{noun} {quoted(resource.name, logical_id(resource.place))}"


def _rule(rule: EventRule, aimed: Answer, action: Action, pipeline: Pipeline) -> Iterator[Listener]:
    enabled = told(ask(rule.state, lambda text: text != "DISABLED"), rule.state)
    state = _Part(enabled, "is DISABLED", rule.state.place)
    parts = list(_fields_met(rule, action))
    others = [all_hold([part.met for part in _fields_met(rule, other)]) for other in _other_sources(action, pipeline)]
    elsewhere = any_holds(others)
    if any(part.met.truth is Truth.FALSE for part in parts):
        if elsewhere.truth is Truth.TRUE:
            return
        if elsewhere.truth is Truth.UNKNOWN:
            aimed = all_hold([aimed, elsewhere])
    yield _listener(_label(rule), aimed, [state, *parts], rule.place)


def _listener(label: str, aimed: Answer, parts: list[_Part], place: Place) -> Listener:
    """One that may be for something else, too, has no certain fault."""
    failed = next((part for part in parts if part.met.truth is Truth.FALSE), None)
    if failed is not None and aimed.truth is Truth.TRUE:
        return Listener(label, failed.met, failed.fault, failed.place)
    met = all_hold([part.met for part in parts])
    return Listener(label, aimed if met.truth is Truth.FALSE else all_hold([aimed, met]), "", place)


def _other_sources(action: Action, pipeline: Pipeline) -> Iterator[Action]:
    for stage in values(pipeline.stages):
        for other in values(stage.actions):
            if other is not action and equals(other.category, "Source") is not Truth.FALSE:
                yield other


def _webhook(webhook: Webhook, action: Action) -> Iterator[Listener]:
    """A webhook of this source action; a filter of references has to let its branch in."""
    name = spelled(action.name)
    mine = told(Truth.UNKNOWN if name is None else equals(webhook.target_action, name), webhook.target_action)
    if mine.truth is Truth.FALSE:
        return
    parts = [
        _Part(
            any_holds([~told(equals(one.json_path, "$.ref"), one.json_path), _lets_in(one.match_equals, action)]),
            f"only listens to {spelled(one.match_equals)}",
            one.match_equals.place,
        )
        for one in values(webhook.filters)
    ]
    yield _listener(_label(webhook), mine, parts, webhook.place)


def _lets_in(wanted: Value[str], action: Action) -> Answer:
    """A reference may be written as `refs/heads/{Branch}`: the setting of the action is put in.

    https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_WebhookFilterRule.html
    """
    branch = spelled(action.configuration.get("Branch"))
    if branch is None:
        return told(Truth.UNKNOWN, action.configuration.get("Branch"))
    return any_holds(
        [told(equals(wanted, f"refs/heads/{name}"), wanted) for name in ("{Branch}", branch)]
        + [told(truth(spelled(wanted) == f"refs/heads/{branch}"), wanted)]
    )


def _aims_at(target: EventTarget, pipeline: Pipeline, inventory: Inventory) -> Answer:
    arn = target.arn
    found = inventory.find(Pipeline, arn)
    if isinstance(found, Known):
        return told(truth(found.value is pipeline), arn)
    if isinstance(arn, Absent) or reference(arn) is not None:
        return NO
    written = spelled(arn)
    if written is not None and written.startswith("arn:"):
        name = spelled(pipeline.name)
        if ":codepipeline:" not in written:
            return NO
        if (isinstance(arn, Known) and isinstance(pipeline.name, Known)) or name is None:
            return told(truth(name is not None and written.endswith(f":{name}")), arn)
    return undecided(arn) if isinstance(arn, Unknown) else told(Truth.UNKNOWN, pipeline.name)


def _fields_met(rule: EventRule, action: Action) -> Iterator[_Part]:
    """What the pattern demands; nothing where a schedule or another kind of event starts the pipeline."""
    provider = action.provider.value if isinstance(action.provider, Known) else ""
    for member in rule.pattern.members:
        field = member.value
        if isinstance(field.path, Known) and field.path.value == "source" and _is_of_another_kind(field):
            return
    for member in rule.pattern.members:
        field = member.value
        there = presence(member, field.place)
        yield _Part(any_holds([~there, _field_met(field, provider, action)]), _fault(field), field.place)
    if rule.pattern.open is not None:
        yield _Part(undecided(rule.pattern.open), "", rule.pattern.place)


def _is_of_another_kind(field: EventField) -> bool:
    """Whether the events are of no source of pipelines: a build that succeeds, a message, a custom one."""
    matched = [_some_matcher(field, Known(name, field.place), ends=False) for name in _SOURCES.values()]
    return all(answer.truth is Truth.FALSE for answer in matched)


def _fault(field: EventField) -> str:
    path = spelled(field.path) or "a field"
    listed = [
        text for matcher in values(field.matchers) for value in values(matcher.values) if (text := spelled(value))
    ]
    return f"only listens to {path} {', '.join(listed) or 'of other values'}"


def _field_met(field: EventField, provider: str, action: Action) -> Answer:
    if not isinstance(field.path, Known):
        return undecided(field.path) if isinstance(field.path, Unknown) else YES
    path = field.path.value
    named = _NAMED.get(provider, {})
    if path in _EVERYWHERE:
        return YES
    if path == "source":
        if provider not in _SOURCES:
            return told(Truth.UNKNOWN, action.provider) if isinstance(action.provider, Unknown) else NO
        return _some_matcher(field, Known(_SOURCES[provider], field.place), ends=False)
    if path in _FIXED:
        wanted = [Known(text, field.place) for text in sorted(_FIXED[path])]
        return any_holds([_some_matcher(field, text, ends=False) for text in wanted])
    if path in named:
        key = named[path]
        setting = action.configuration.get(key)
        if key == "ImageTag" and isinstance(setting, Absent):
            setting = Known(_LATEST, setting.place)
        return _some_matcher(field, setting, ends=path in _ARNS)
    return undecided(Unknown(Reason.CONDITION_NOT_EVALUATED, f"{path} of an event is not looked at", field.place))


def _some_matcher(field: EventField, wanted: Value[str], *, ends: bool) -> Answer:
    answers = [_matches(matcher, wanted, ends=ends) for matcher in values(field.matchers)]
    if field.matchers.open is not None:
        answers.append(undecided(field.matchers.open))
    return any_holds(answers)


def _matches(matcher: EventMatcher, wanted: Value[str], *, ends: bool) -> Answer:
    operator = matcher.operator.value if isinstance(matcher.operator, Known) else None
    answers = [_compared(operator, value, wanted, ends=ends) for value in values(matcher.values)]
    if matcher.values.open is not None:
        answers.append(undecided(matcher.values.open))
    if operator == "anything-but":
        return all_hold([~answer for answer in answers])
    return any_holds(answers)


def _compared(operator: str | None, value: Value[str], wanted: Value[str], *, ends: bool) -> Answer:
    """Whether a value of the pattern fits what the action takes; of an ARN its end has to."""
    if operator in ("equals", "anything-but"):
        return _is_same(value, wanted, ends=ends)
    if isinstance(value, Known) and isinstance(wanted, Known) and not ends:
        match operator:
            case "prefix":
                return told(truth(wanted.value.startswith(value.value)), value)
            case "suffix":
                return told(truth(wanted.value.endswith(value.value)), value)
            case "wildcard":
                fits = re.fullmatch(translate(value.value), wanted.value) is not None
                return told(truth(fits), value)
            case _:
                pass
    unseen = next((one for one in (value, wanted) if isinstance(one, Unknown)), None)
    return undecided(unseen or _not_evaluated(operator, value.place))


def _not_evaluated(operator: str | None, place: Place) -> Unknown:
    return Unknown(Reason.CONDITION_NOT_EVALUATED, f"{operator} of an event pattern is not looked at", place)


def _is_same(value: Value[str], wanted: Value[str], *, ends: bool) -> Answer:
    one, other = reference(value), reference(wanted)
    if one is None and ends and isinstance(value, Unknown) and value.pieces:
        head = value.pieces[0]
        one = reference(head) if isinstance(head, Unknown) else None
    if one is not None and other is not None and one.source == other.source:
        return told(truth(one.logical_id == other.logical_id), value, wanted)
    first, second = spelled(value), spelled(wanted)
    if first is not None and second is not None:
        same = first == second or (ends and (first.endswith(f":{second}") or f":{second}/" in first))
        alike = isinstance(value, Known) and isinstance(wanted, Known)
        if alike or (same and value.place.source == wanted.place.source):
            return told(truth(same), value, wanted)
    if isinstance(wanted, Known):
        whole = equals(value, wanted.value)
        end = ends_with(value, f":{wanted.value}") | contains(value, f":{wanted.value}/") if ends else Truth.FALSE
        return told(whole | end, value)
    unseen = next((one for one in (value, wanted) if isinstance(one, Unknown)), None)
    return NO if unseen is None else undecided(unseen)
