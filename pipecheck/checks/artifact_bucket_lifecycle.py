"""Whether the artifacts in a bucket go away in time: current ones, old versions and unfinished uploads."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pipecheck.analysis.answer import YES, Answer, all_hold, any_holds, presence, told, undecided
from pipecheck.analysis.labels import logical_id, quoted
from pipecheck.analysis.usage import pipelines_keeping_in
from pipecheck.model.bucket import Bucket, LifecycleRule
from pipecheck.model.inventory import Inventory
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Absent, Known, Place, Reason, Truth, Unknown, Value, ask, known, truth
from pipecheck.values.record import record
from pipecheck.values.text import equals, starts_with

_FOLDER_LENGTH = 20
"""CodePipeline keeps artifacts under the first 20 characters of the pipeline's name.

https://repost.aws/questions/QUI91tw7A9SUOMohJurNqmgA/code-pipeline-truncates-folder-names-in-output-artifact-s-3-bucket
"""


@record
class _Demand:
    """What a lifecycle must do, within bounds in days; `highest` is None where there is no upper one.

    `kept` is how many of what it is for a rule spares whatever their age.
    """

    does: str
    days: Callable[[LifecycleRule], Value[int]]
    lowest: int
    highest: int | None
    kept: Callable[[LifecycleRule], Value[int]] = lambda rule: Absent(rule.place)

    def meets(self, rule: LifecycleRule) -> Answer:
        """Whether a rule does it within the bounds, and to all that it is for."""
        days = self.days(rule)
        kept = self.kept(rule)
        keeps_some = told(ask(kept, _keeps_some), kept)
        return all_hold([told(ask(days, self.allows), days), ~keeps_some])

    def allows(self, days: int) -> bool:
        """Whether a number of days is within the bounds."""
        return self.lowest <= days and (self.highest is None or days <= self.highest)


@record
class _Fault:
    """What is wrong, in words after "the lifecycle of …", and where; the place is None where nothing is written."""

    text: str
    place: Place | None = None


def artifact_bucket_lifecycle(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:
    """One clause per bucket, which says everything that is missing."""
    bucket = subject.value
    assert isinstance(bucket, Bucket)  # noqa: S101 - the rule file names the kind of subject
    folders = [pipeline.name for pipeline in pipelines_keeping_in(bucket, inventory)] or [Absent(bucket.place)]
    demands = _demands(params)
    answers = [_answer(demand, bucket, folders) for demand in demands]
    answers[1] = any_holds([~told(equals(bucket.versioning, "Enabled"), bucket.versioning), answers[1]])
    failing = [demand for demand, answer in zip(demands, answers, strict=True) if answer.truth is Truth.FALSE]
    faults = [_fault(demand, bucket, folders) for demand in failing]
    name = quoted(bucket.name, logical_id(bucket.place))
    say = f"the lifecycle of artifact bucket {name} {_listed([fault.text for fault in faults])}"
    if not bucket.lifecycle_rules.members:
        say = f"artifact bucket {name} has no lifecycle rules"
    yield clause_of(
        all_hold(answers).about(f"the lifecycle of artifact bucket {name}"), _place(faults, bucket, folders), say
    )


def _listed(texts: list[str]) -> str:
    return " and ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)


def _demands(params: Params) -> tuple[_Demand, _Demand, _Demand]:
    lowest, highest, noncurrent = (
        _number(params, name, default)
        for name, default in (("min_days", 14), ("max_days", 365), ("noncurrent_max_days", 90))
    )
    return (
        _Demand("expire artifacts", lambda rule: rule.expiration_days, lowest, highest),
        _Demand("expire noncurrent versions", lambda rule: rule.noncurrent_days, 1, noncurrent, _kept),
        _Demand("abort incomplete multipart uploads", lambda rule: rule.abort_multipart_days, 1, None),
    )


def _kept(rule: LifecycleRule) -> Value[int]:
    return rule.noncurrent_kept


def _keeps_some(versions: int) -> bool:
    return versions > 0


def _number(params: Params, name: str, default: int) -> int:
    value = params.get(name, default)
    return value if isinstance(value, int) else default


def _answer(demand: _Demand, bucket: Bucket, folders: Iterable[Value[str]]) -> Answer:
    """Whether, for each pipeline's folder, a rule that reaches it does what is demanded."""
    rules = bucket.lifecycle_rules
    unseen = [] if rules.open is None else [undecided(rules.open)]
    return all_hold(
        any_holds(
            [
                *(
                    all_hold(
                        [
                            presence(member, member.value.place),
                            _reaches(member.value, folder),
                            demand.meets(member.value),
                        ]
                    )
                    for member in rules.members
                ),
                *unseen,
            ]
        )
        for folder in folders
    )


def _reaches(rule: LifecycleRule, folder: Value[str]) -> Answer:
    narrowed = told(ask(rule.filtered_otherwise, lambda narrowed: narrowed), rule.filtered_otherwise)
    return all_hold([told(equals(rule.status, "Enabled"), rule.status), ~narrowed, _covers(rule.prefix, folder)])


def _covers(prefix: Value[str], pipeline: Value[str]) -> Answer:
    """Whether a prefix is one of the folder that a pipeline of that name writes to."""
    if isinstance(prefix, Unknown):
        return told(Truth.UNKNOWN, prefix)
    written = prefix.value if isinstance(prefix, Known) else ""
    if not written:
        return YES
    match pipeline:
        case Known(name):
            return told(truth(f"{name[:_FOLDER_LENGTH]}/".startswith(written)), prefix, pipeline)
        case Unknown():
            possible = starts_with(pipeline, written.removesuffix("/")[:_FOLDER_LENGTH])
            return told(possible & Truth.UNKNOWN, pipeline)
        case Absent(place):
            return undecided(Unknown(Reason.GENERATED_NAME, "the pipeline's name is made at deployment", place))


def _fault(demand: _Demand, bucket: Bucket, folders: Iterable[Value[str]]) -> _Fault:
    """The most telling of what keeps the rules in view from meeting a demand."""
    missing = f"does not {demand.does}"
    found = [fault for rule in _in_view(bucket) if (fault := _rule_fault(demand, rule, folders, missing)) is not None]
    return found[0] if found else _Fault(missing)


def _in_view(bucket: Bucket) -> tuple[LifecycleRule, ...]:
    return tuple(member.value for member in bucket.lifecycle_rules.members if member.present is not Truth.FALSE)


def _rule_fault(demand: _Demand, rule: LifecycleRule, folders: Iterable[Value[str]], missing: str) -> _Fault | None:
    days = demand.days(rule)
    if isinstance(days, Known) and not demand.allows(days.value):
        bound = f"less than {demand.lowest}" if days.value < demand.lowest else f"more than {demand.highest}"
        return _Fault(f"takes {days.value} days to {demand.does}, {bound}", days.place)
    kept = demand.kept(rule)
    if isinstance(days, Known) and isinstance(kept, Known) and _keeps_some(kept.value):
        return _Fault(f"never expires the newest {kept.value} noncurrent versions of an artifact", kept.place)
    if isinstance(days, Absent):
        if demand.does == "expire artifacts" and isinstance(rule.expiration_date, Known):
            return _Fault("expires artifacts on a fixed date and not by age", rule.expiration_date.place)
        return None
    if known(rule.status) == "Disabled":
        return _Fault(f"{missing}: the rule is disabled", rule.status.place)
    if known(rule.filtered_otherwise):
        return _Fault(f"{missing}: the rule is for certain tags or sizes", rule.place)
    missed = next((folder for folder in folders if _covers(rule.prefix, folder).truth is Truth.FALSE), None)
    if missed is not None:
        what = f"prefix {quoted(rule.prefix, '')} does not cover pipeline {quoted(missed, '')}"
        return _Fault(f"{missing}: {what}", rule.prefix.place)
    return None


def _place(faults: Iterable[_Fault], bucket: Bucket, folders: Iterable[Value[str]]) -> Place:
    """The first value that is wrong, else the rule that could do what is missing, else where rules would stand."""
    wrong = next((fault.place for fault in faults if fault.place is not None), None)
    if wrong is not None:
        return wrong
    rules = _in_view(bucket)
    reaching = (rule for rule in rules if all(_reaches(rule, folder).truth is Truth.TRUE for folder in folders))
    rule = next(reaching, next(iter(rules), None))
    return bucket.lifecycle_rules.place if rule is None else rule.place
