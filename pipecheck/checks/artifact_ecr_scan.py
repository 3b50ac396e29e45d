"""Whether the images in a repository are scanned when they are pushed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipecheck.analysis.answer import YES, Answer, all_hold, any_holds, presence, told, undecided
from pipecheck.analysis.labels import logical_id, quoted
from pipecheck.model.inventory import Inventory
from pipecheck.model.repository import RegistryScanning, Repository, ScanningRule
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Absent, Known, Reason, Truth, Unknown, Value, ask
from pipecheck.values.text import matches

_SCANNING = frozenset({"CONTINUOUS_SCAN", "SCAN_ON_PUSH"})


def artifact_ecr_scan(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause: the repository scans its images, or the registry does."""
    repository = subject.value
    assert isinstance(repository, Repository)  # noqa: S101 - the rule file names the kind of subject
    label = f"repository {quoted(repository.name, logical_id(repository.place))}"
    own = told(ask(repository.scan_on_push, lambda on: on), repository.scan_on_push)
    scanned = any_holds([own, _by_registry(repository, inventory, label)])
    yield clause_of(scanned, repository.scan_on_push.place, f"{label} does not scan images when they are pushed")


def _by_registry(repository: Repository, inventory: Inventory, label: str) -> Answer:
    """Whether the registry scans it; undecided where the registry's settings are not in the input."""
    registries = inventory.all(RegistryScanning)
    if not registries.members and registries.open is None:
        detail = f"{label} does not scan images on push; how its registry scans is not in the input"
        return undecided(Unknown(Reason.NOT_SCANNED, detail, repository.scan_on_push.place))
    answers = [
        all_hold([presence(member, member.value.place), _covers(member.value, repository)])
        for member in registries.members
    ]
    return any_holds([*answers, *([] if registries.open is None else [undecided(registries.open)])])


def _covers(registry: RegistryScanning, repository: Repository) -> Answer:
    rules = registry.rules
    answers = [
        all_hold([presence(member, member.value.place), _scans(member.value, repository)]) for member in rules.members
    ]
    return any_holds([*answers, *([] if rules.open is None else [undecided(rules.open)])])


def _scans(rule: ScanningRule, repository: Repository) -> Answer:
    frequency = told(ask(rule.frequency, lambda frequency: frequency in _SCANNING), rule.frequency)
    filters = [_matches(member.value, repository.name) for member in rule.filters.members]
    unseen = [] if rule.filters.open is None else [undecided(rule.filters.open)]
    return all_hold([frequency, any_holds([*filters, *unseen])])


def _matches(pattern: Value[str], name: Value[str]) -> Answer:
    """Whether a name matches a filter, in which `*` stands for anything; without one it may stand anywhere in it.

    https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-filters.html
    """
    if not isinstance(pattern, Known):
        return told(Truth.UNKNOWN, pattern)
    parts = pattern.value.split("*")
    if not any(parts):
        return YES
    if isinstance(name, Absent):
        detail = "the name of the repository is made at deployment"
        return undecided(Unknown(Reason.GENERATED_NAME, detail, name.place))
    whole = ".*".join(re.escape(part) for part in parts)
    return told(matches(name, f"^{whole}$" if len(parts) > 1 else whole), name)
