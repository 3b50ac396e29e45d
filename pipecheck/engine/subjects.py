"""What rules are called on: every subject of a kind in an inventory, and the ones that are named but not seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias, TypeVar

from pipecheck.analysis.bucket_names import buckets_of_action
from pipecheck.analysis.build_actions import project_of, runs_project
from pipecheck.analysis.keys import key_named
from pipecheck.analysis.labels import logical_id, pipeline_label
from pipecheck.analysis.log_groups import pipeline_group, project_group, writes_logs
from pipecheck.data.action_targets import REPOSITORY_KEYS
from pipecheck.model.bucket import Bucket
from pipecheck.model.build_project import BuildProject
from pipecheck.model.event_rule import EventRule
from pipecheck.model.inventory import Inventory, Resource
from pipecheck.model.key import Key
from pipecheck.model.log_group import LogGroup
from pipecheck.model.pipeline import Action, ArtifactStore, Pipeline, Stage
from pipecheck.model.repository import Repository
from pipecheck.model.role import Role
from pipecheck.model.subject import Subject, SubjectName
from pipecheck.model.webhook import Webhook
from pipecheck.values import Absent, Items, Known, Place, Reason, Truth, Unknown, Value, bind, reference
from pipecheck.values.items import values
from pipecheck.values.record import record, replace
from pipecheck.values.text import displayed, equals, spelled

F = TypeVar("F", Subject, "Found")
T = TypeVar("T")
R = TypeVar("R", bound=Resource)


@record
class Unseen:
    """A subject that something refers to, or that may be there, and that we cannot see: rules cannot tell."""

    name: SubjectName
    identity: tuple[str, ...]
    place: Place
    cause: Unknown


Found: TypeAlias = Subject | Unseen


def subjects(kind: str, inventory: Inventory) -> tuple[Found, ...]:
    """All subjects of a kind, in the order of the input. `kind` is one of the keys of `KINDS`.

    Suppressions are none of the inventory's: they are found once all other rules have spoken.
    """
    return (*_ENUMERATIONS[kind](inventory), *_unseen_resources(inventory))


def _unseen_resources(inventory: Inventory) -> Iterator[Unseen]:
    """What no rule can be called on: the resources that a template may have beside those in sight."""
    cause = inventory.all(Pipeline).open
    if cause is not None:
        name = SubjectName("template", _address(cause.place))
        yield Unseen(name, ("template", name.address), cause.place, cause)


def _listed(found: Callable[[Inventory], Iterable[F]]) -> Callable[[Inventory], tuple[F, ...]]:
    """The same subjects for everybody who asks: they are worked out on the first call."""

    def listed(inventory: Inventory) -> tuple[F, ...]:
        return tuple(found(inventory))

    return lambda inventory: inventory.once(listed)


def _address(place: Place) -> str:
    return ".".join(str(step) for step in place.route if step != "Properties") or place.source


def _identity(resource: Resource) -> str:
    """What a resource is known by, whatever its file is called."""
    place = resource.place
    return spelled(resource.name) or (logical_id(place) if place.route[:1] == ("Resources",) else _address(place))


@_listed
def _pipelines(inventory: Inventory) -> Iterator[Subject]:
    for pipeline in values(inventory.all(Pipeline)):
        arn = inventory.arn(pipeline)
        name = SubjectName("pipeline", _address(pipeline.place), pipeline=pipeline_label(pipeline), arn=arn)
        bindings = {"pipeline": pipeline}
        identity = (arn or _identity(pipeline),)
        yield Subject("pipeline", pipeline, bindings, name, identity, pipeline.place, inventory)


def _members(
    owner: Subject, items: Items[T], kind: str, variable: str, name: Callable[[T, int], SubjectName]
) -> Iterator[Found]:
    """One subject per member of a collection that `owner` holds, and one unseen where there may be more."""
    for index, member in enumerate(values(items)):
        label = name(member, index)
        identity = (*owner.identity, kind, label.action or label.stage or _region(member) or str(index))
        place: Place = member.place  # type: ignore[attr-defined]
        bindings = {**owner.bindings, variable: member}
        yield Subject(kind, member, bindings, label, identity, place, owner.inventory)
    if items.open is not None:
        yield Unseen(owner.name, (*owner.identity, kind), items.open.place, items.open)


def _region(member: object) -> str | None:
    """What tells the artifact stores of a pipeline apart, wherever they stand in their list."""
    return spelled(member.region) if isinstance(member, ArtifactStore) else None


@_listed
def _stages(inventory: Inventory) -> Iterator[Found]:
    for owner in _pipelines(inventory):
        pipeline = owner.value
        if isinstance(pipeline, Pipeline):
            yield from _members(owner, pipeline.stages, "stage", "stage", _stage_name(owner.name))


def _stage_name(pipeline: SubjectName) -> Callable[[Stage, int], SubjectName]:
    def name(stage: Stage, index: int) -> SubjectName:
        label = displayed(stage.name) or f"stage {index + 1}"
        return replace(pipeline, kind="stage", address=_address(stage.place), stage=label)

    return name


@_listed
def _actions(inventory: Inventory) -> Iterator[Found]:
    for owner in _stages(inventory):
        if isinstance(owner, Unseen):
            yield owner
        elif isinstance(owner.value, Stage):
            yield from _members(owner, owner.value.actions, "action", "action", _action_name(owner.name))


def _action_name(stage: SubjectName) -> Callable[[Action, int], SubjectName]:
    def name(action: Action, index: int) -> SubjectName:
        label = displayed(action.name) or f"action {index + 1}"
        return replace(stage, kind="action", address=_address(action.place), action=label)

    return name


@_listed
def _artifact_stores(inventory: Inventory) -> Iterator[Found]:
    for owner in _pipelines(inventory):
        pipeline = owner.value
        if isinstance(pipeline, Pipeline):
            yield from _members(owner, pipeline.artifact_stores, "artifact_store", "store", _store_name(owner.name))


def _store_name(pipeline: SubjectName) -> Callable[[ArtifactStore, int], SubjectName]:
    return lambda store, _: replace(pipeline, kind="artifact_store", address=_address(store.place))


@record
class _Use:
    """A reference from one subject to a resource."""

    user: SubjectName
    identity: tuple[str, ...]
    text: Value[str]


def _used(
    uses: Iterable[_Use | Unseen],
    resource: type[R],
    kind: str,
    variable: str,
    inventory: Inventory,
    others: Iterable[R] = (),
    find: Callable[[Value[str]], Value[R]] | None = None,
) -> Iterator[Found]:
    """The resources that are used, each once with all pipelines that use it, then the `others`, then the unseen.

    `find` stands in for the inventory's own way from a name to a resource.
    """
    users: dict[int, tuple[R, list[str]]] = {}
    unseen: dict[tuple[str, ...], Unseen] = {}
    for use in uses:
        if isinstance(use, Unseen):
            unseen.setdefault(_unseen_key(use.place, use.identity, use.cause), use)
            continue
        match inventory.find(resource, use.text) if find is None else find(use.text):
            case Known(found):
                entry = users.setdefault(id(found), (found, []))
                if use.user.pipeline is not None and use.user.pipeline not in entry[1]:
                    entry[1].append(use.user.pipeline)
            case Unknown() as cause:
                identity = (*use.identity, kind, spelled(use.text) or cause.reason.value)
                key = _unseen_key(cause.place, use.identity, cause)
                unseen.setdefault(key, Unseen(use.user, identity, cause.place, cause))
            case Absent():
                pass
    for other in others:
        users.setdefault(id(other), (other, []))
    for used, pipelines in users.values():
        yield _resource_subject(used, pipelines, kind, variable, inventory)
    yield from unseen.values()


def _unseen_key(place: Place, identity: tuple[str, ...], cause: Unknown) -> tuple[str, ...]:
    """What makes two references to something unseen one: the same pipeline of the same file, the same cause."""
    return place.source, identity[0], cause.detail


def _resource_subject(resource: R, pipelines: list[str], kind: str, variable: str, inventory: Inventory) -> Subject:
    arn = inventory.arn(resource)
    name = SubjectName(
        kind,
        arn or _address(resource.place),
        pipeline=pipelines[0] if len(pipelines) == 1 else None,
        arn=arn,
        pipelines=tuple(pipelines),
    )
    identity = (arn or _identity(resource),)
    return Subject(kind, resource, {variable: resource}, name, identity, resource.place, inventory)


def _artifact_buckets(inventory: Inventory) -> Iterator[Found]:
    return _used(_bucket_uses(inventory), Bucket, "artifact_bucket", "bucket", inventory)


def _artifact_keys(inventory: Inventory) -> Iterator[Found]:
    def find(id: Value[str]) -> Value[Key]:
        return key_named(id, inventory)

    return _used(_key_uses(inventory), Key, "artifact_key", "key", inventory, find=find)


def _key_uses(inventory: Inventory) -> Iterator[_Use | Unseen]:
    for found in _artifact_stores(inventory):
        if isinstance(found, Unseen):
            yield found
        elif isinstance(found.value, ArtifactStore):
            key = found.value.encryption_key
            yield _Use(found.name, found.identity, bind(key, lambda named: named.id))


def _pipeline_buckets(inventory: Inventory) -> Iterator[Found]:
    return _used(_all_bucket_uses(inventory), Bucket, "pipeline_bucket", "bucket", inventory)


def _all_bucket_uses(inventory: Inventory) -> Iterator[_Use | Unseen]:
    """Buckets of artifacts, of S3 sources, and those that builds of the pipeline work with."""
    yield from _bucket_uses(inventory)
    for found in _actions(inventory):
        if isinstance(found, Subject) and isinstance(found.value, Action):
            for name in buckets_of_action(found.value, inventory):
                if isinstance(name, Unknown) and name.reason is Reason.NOT_SCANNED:  # the build that would tell
                    yield _unseen(found, name)
                else:
                    yield _Use(found.name, found.identity, name)


def _bucket_uses(inventory: Inventory) -> Iterator[_Use | Unseen]:
    for found in _artifact_stores(inventory):
        if isinstance(found, Unseen):
            yield found
        elif isinstance(found.value, ArtifactStore):
            yield _Use(found.name, found.identity, found.value.location)


@_listed
def _build_projects(inventory: Inventory) -> Iterator[Found]:
    return _used(
        _project_uses(inventory),
        BuildProject,
        "build_project",
        "project",
        inventory,
        others=values(inventory.all(BuildProject)),
    )


def _project_uses(inventory: Inventory) -> Iterator[_Use | Unseen]:
    """The projects that actions name; an action whose provider is unknown may run one."""
    for found in _actions(inventory):
        if isinstance(found, Unseen):
            yield found
        elif isinstance(found.value, Action) and runs_project(found.value) is not Truth.FALSE:
            project = project_of(found.value)
            if isinstance(found.value.provider, Known) or isinstance(project, Known):
                yield _Use(found.name, found.identity, project)
            elif isinstance(found.value.provider, Unknown):
                yield _unseen(found, found.value.provider)


def _repositories(inventory: Inventory) -> Iterator[Found]:
    return _used(_repository_uses(inventory), Repository, "repository", "repository", inventory)


def _repository_uses(inventory: Inventory) -> Iterator[_Use | Unseen]:
    """The repositories that actions take images from and publish them to, as far as the actions name them."""
    for found in _actions(inventory):
        if isinstance(found, Unseen):
            yield found
        elif isinstance(found.value, Action):
            for provider, key in REPOSITORY_KEYS.items():
                named = found.value.configuration.get(key)
                runs = equals(found.value.provider, provider)
                if runs is Truth.TRUE:
                    yield _Use(found.name, found.identity, named)
                elif isinstance(found.value.provider, Unknown) and not isinstance(named, Absent):
                    yield _unseen(found, found.value.provider)


def _log_groups(inventory: Inventory) -> Iterator[Found]:
    return _used(_log_group_uses(inventory), LogGroup, "log_group", "group", inventory)


def _log_group_uses(inventory: Inventory) -> Iterator[_Use | Unseen]:
    """Groups that projects name, and those of the input that have the name which projects and pipelines write to."""
    for found in _build_projects(inventory):
        if isinstance(found, Subject) and isinstance(found.value, BuildProject):
            logs = found.value.logs
            if isinstance(logs.cloudwatch_status, Unknown):
                yield _unseen(found, logs.cloudwatch_status)
            elif equals(logs.cloudwatch_status, "DISABLED") is Truth.FALSE:
                named = logs.group if not isinstance(logs.group, Absent) else project_group(found.value)
                if named is logs.group or isinstance(inventory.find(LogGroup, named), Known):
                    yield _Use(found.name, found.identity, named)
    for found in _pipelines(inventory):
        if isinstance(found.value, Pipeline) and writes_logs(found.value).truth is not Truth.FALSE:
            named = pipeline_group(found.value)
            if isinstance(inventory.find(LogGroup, named), Known):
                yield _Use(found.name, found.identity, named)


def _webhooks(inventory: Inventory) -> Iterator[Found]:
    """Every webhook: each starts a pipeline."""
    for webhook in values(inventory.all(Webhook)):
        started = inventory.find(Pipeline, webhook.target_pipeline)
        pipelines = [pipeline_label(started.value)] if isinstance(started, Known) else []
        yield _resource_subject(webhook, pipelines, "webhook", "webhook", inventory)


def _unseen(owner: Subject, cause: Unknown) -> Unseen:
    return Unseen(owner.name, owner.identity, cause.place, cause)


@_listed
def _roles(inventory: Inventory) -> Iterator[Found]:
    return _used(_role_uses(inventory), Role, "role", "role", inventory)


def _role_uses(inventory: Inventory) -> Iterator[_Use | Unseen]:
    """Roles of pipelines, their conditions and actions, of build projects, and those that start pipelines."""
    for subject in _pipelines(inventory):
        if isinstance(subject.value, Pipeline):
            yield _Use(subject.name, subject.identity, subject.value.role_arn)
    for found in _stages(inventory):
        if isinstance(found, Subject) and isinstance(found.value, Stage):
            yield from _condition_role_uses(found, found.value)
    for found in _actions(inventory):
        if isinstance(found, Unseen):
            yield found
        elif isinstance(found.value, Action):
            yield _Use(found.name, found.identity, found.value.role_arn)
            yield _Use(found.name, found.identity, found.value.configuration.get("ServiceRoleArnOverride"))
    for found in _build_projects(inventory):
        if isinstance(found, Subject) and isinstance(found.value, BuildProject):
            for role in (found.value.service_role, found.value.batch_role):
                yield _Use(found.name, found.identity, role)
    yield from _starting_role_uses(inventory)


def _execution_roles(inventory: Inventory) -> Iterator[Found]:
    """Roles that CloudFormation actions hand to their stacks, without those that are roles of the pipeline too."""
    own = {id(found.value) for found in _roles(inventory) if isinstance(found, Subject)}
    for found in _used(_execution_role_uses(inventory), Role, "execution_role", "role", inventory):
        if isinstance(found, Unseen) or id(found.value) not in own:
            yield found


def _execution_role_uses(inventory: Inventory) -> Iterator[_Use | Unseen]:
    for found in _actions(inventory):
        if isinstance(found, Unseen):
            yield found
        elif isinstance(found.value, Action):
            yield _Use(found.name, found.identity, found.value.configuration.get("RoleArn"))


def _condition_role_uses(subject: Subject, stage: Stage) -> Iterator[_Use | Unseen]:
    for slot in (stage.before_entry, stage.on_success, stage.on_failure):
        for condition in values(slot):
            for rule in values(condition.rules):
                yield _Use(subject.name, subject.identity, rule.role_arn)
            if condition.rules.open is not None:
                yield _unseen(subject, condition.rules.open)
        if slot.open is not None:
            yield _unseen(subject, slot.open)


def _starting_role_uses(inventory: Inventory) -> Iterator[_Use | Unseen]:
    """Roles with which EventBridge starts a pipeline; a target that is not known may be one."""
    for rule in values(inventory.all(EventRule)):
        name = SubjectName("event_rule", _address(rule.place))
        for target in values(rule.targets):
            started = inventory.find(Pipeline, target.arn)
            if isinstance(started, Known):
                yield _Use(replace(name, pipeline=pipeline_label(started.value)), (_identity(rule),), target.role_arn)
            elif isinstance(target.arn, Unknown) and not target.arn.pieces and reference(target.arn) is None:
                yield Unseen(name, (_identity(rule),), target.arn.place, target.arn)
        if rule.targets.open is not None:
            yield Unseen(name, (_identity(rule),), rule.targets.open.place, rule.targets.open)


_ENUMERATIONS: Mapping[str, Callable[[Inventory], Iterable[Found]]] = {
    "pipeline": _pipelines,
    "stage": _stages,
    "action": _actions,
    "artifact_store": _artifact_stores,
    "artifact_bucket": _artifact_buckets,
    "artifact_key": _artifact_keys,
    "pipeline_bucket": _pipeline_buckets,
    "build_project": _build_projects,
    "execution_role": _execution_roles,
    "log_group": _log_groups,
    "repository": _repositories,
    "role": _roles,
    "suppression": lambda _: (),
    "webhook": _webhooks,
}

KINDS = frozenset(_ENUMERATIONS)
