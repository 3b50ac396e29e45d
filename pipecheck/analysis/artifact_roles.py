"""Which roles read and write the artifacts that a key encrypts."""

from __future__ import annotations

from collections.abc import Iterator

from pipecheck.analysis.answer import YES, Answer, all_hold, any_holds, presence, told, undecided
from pipecheck.analysis.build_actions import project_of, runs_project
from pipecheck.analysis.regions import region_of_action, region_of_store, same_region
from pipecheck.analysis.usage import KeyUse, stores_encrypted_with
from pipecheck.model.build_project import BuildProject
from pipecheck.model.inventory import Inventory
from pipecheck.model.key import Key
from pipecheck.model.pipeline import Action
from pipecheck.values import Absent, Items, Truth, Unknown, Value, bind
from pipecheck.values.record import record, replace
from pipecheck.values.text import spelled


@record
class RoleUse:
    """A role and what it does with artifacts. `there` says whether it does so with those of the key at all.

    `is_own` says that it is of the pipeline's account: the pipeline's role, or that of one of its builds.
    """

    role: Value[str]
    reads: bool
    writes: bool
    is_own: bool
    there: Answer

    @property
    def does(self) -> str:
        """What the role does, for messages."""
        verbs = [verb for verb, done in (("reads", self.reads), ("writes", self.writes)) if done]
        return f"{' and '.join(verbs)} artifacts"


def roles_using(key: Key, inventory: Inventory) -> tuple[RoleUse, ...]:
    """Each role once, with everything that it does."""
    found: dict[object, RoleUse] = {}
    for use in stores_encrypted_with(key, inventory):
        for one in _uses(use, inventory):
            name = (one.role.place.source, spelled(one.role) or one.role.place)
            found[name] = one if name not in found else _both(found[name], one)
    return tuple(found.values())


def _both(one: RoleUse, other: RoleUse) -> RoleUse:
    return replace(
        one,
        reads=one.reads or other.reads,
        writes=one.writes or other.writes,
        is_own=one.is_own or other.is_own,
        there=any_holds([one.there, other.there]),
    )


def hidden_uses(key: Key, inventory: Inventory) -> Iterator[Unknown]:
    """Why there may be actions, and so roles, that are not in view."""
    for use in stores_encrypted_with(key, inventory):
        stages = use.pipeline.stages
        if stages.open is not None:
            yield stages.open
        for stage in stages.members:
            if stage.present is not Truth.FALSE and stage.value.actions.open is not None:
                yield stage.value.actions.open


def _uses(use: KeyUse, inventory: Inventory) -> Iterator[RoleUse]:
    for stage in use.pipeline.stages.members:
        for action in stage.value.actions.members:
            there = all_hold(
                [
                    presence(stage, stage.value.place),
                    presence(action, action.value.place),
                    _in_region(use, action.value),
                ]
            )
            if there.truth is not Truth.FALSE:
                yield from _roles(use, action.value, there, inventory)


def _roles(use: KeyUse, action: Action, there: Answer, inventory: Inventory) -> Iterator[RoleUse]:
    """The role that touches the artifacts of an action: a build's own, else the action's, else the pipeline's."""
    reads, writes = _touches(action.input_artifacts), _touches(action.output_artifacts)
    builds = told(runs_project(action), action.provider, action.owner)
    unseen = [items.open for items in (action.input_artifacts, action.output_artifacts) if items.open is not None]
    if unseen and not (action.input_artifacts.members and action.output_artifacts.members):
        there = all_hold([there, undecided(unseen[0])])
    if not reads and not writes:
        return
    if builds.truth is not Truth.FALSE:
        project = inventory.find(BuildProject, project_of(action))
        role = bind(project, lambda found: found.service_role)
        if not isinstance(role, Absent):
            yield RoleUse(role, reads, writes, True, all_hold([there, builds]))
    if builds.truth is not Truth.TRUE:
        own = isinstance(action.role_arn, Absent)
        role = use.pipeline.role_arn if own else action.role_arn
        if not isinstance(role, Absent):
            yield RoleUse(role, reads, writes, own, all_hold([there, ~builds]))


def _touches(artifacts: Items[object]) -> bool:
    """Whether there are artifacts, or may be."""
    return bool(artifacts.members) or artifacts.open is not None


def _in_region(use: KeyUse, action: Action) -> Answer:
    """Whether an action works with this store: it takes the one of its region."""
    if isinstance(use.store.region, Absent):
        return YES
    return same_region(region_of_action(action, use.pipeline), region_of_store(use.store, use.pipeline))
