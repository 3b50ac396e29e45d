"""Whether the logs of builds and pipelines expire, and not too soon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import Answer, all_hold, told
from pipecheck.analysis.labels import logical_id, pipeline_label, quoted
from pipecheck.analysis.log_groups import declared, pipeline_group, project_group, writes_logs
from pipecheck.model.build_project import BuildProject
from pipecheck.model.inventory import Inventory
from pipecheck.model.log_group import LogGroup
from pipecheck.model.pipeline import Pipeline
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Known, Place, Value, ask, exists
from pipecheck.values.text import equals


def lifecycle_log_retention(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:
    """One clause per log group of the input, and one per project or pipeline whose group is made by AWS."""
    match subject.value:
        case LogGroup() as group:
            yield _retention(group, _number(params, "min", 30), _number(params, "max", 0))
        case BuildProject() as project:
            yield from _project(project, inventory)
        case Pipeline() as pipeline:
            yield from _pipeline(pipeline, inventory)
        case other:
            raise TypeError(f"expected a log group, a build project or a pipeline, found {type(other).__name__}")


def _retention(group: LogGroup, lowest: int, highest: int) -> Clause:
    days = group.retention_days
    fine = ask(days, lambda number: lowest <= number and (not highest or number <= highest))
    label = f"log group {quoted(group.name, logical_id(group.place))}"
    return clause_of(told(fine, days), days.place, f"{label} {_how(days, lowest)}")


def _how(days: Value[int], lowest: int) -> str:
    if not isinstance(days, Known):
        return "keeps its events for ever: it sets no retention"
    bound = "less than" if days.value < lowest else "more than"
    return f"keeps its events for {days.value} days, {bound} the days that are allowed"


def _project(project: BuildProject, inventory: Inventory) -> Iterator[Clause]:
    logs = project.logs
    writes = all_hold(
        [
            ~told(equals(logs.cloudwatch_status, "DISABLED"), logs.cloudwatch_status),
            ~told(exists(logs.group), logs.group),
        ]
    )
    label = f"build project {quoted(project.name, logical_id(project.place))}"
    yield _made(label, "CodeBuild", project.place, project_group(project), writes, inventory)


def _pipeline(pipeline: Pipeline, inventory: Inventory) -> Iterator[Clause]:
    label = f"pipeline {pipeline_label(pipeline)}"
    writes = writes_logs(pipeline)
    yield _made(label, "CodePipeline", pipeline.place, pipeline_group(pipeline), writes, inventory)


def _made(label: str, service: str, place: Place, group: Value[str], writes: Answer, inventory: Inventory) -> Clause:
    found = declared(group, inventory).about(f"whether the log group of {label} is declared is not known")
    say = (
        f"the log group {quoted(group, '')} of {label} is not declared: "
        f"{service} makes it, and it keeps its events for ever"
    )
    return clause_of(found, place, say, applies=writes)


def _number(params: Params, name: str, default: int) -> int:
    value = params.get(name, default)
    return value if isinstance(value, int) else default
