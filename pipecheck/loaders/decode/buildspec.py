"""Build specifications. Their keys are the same wherever they are kept.

https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from pipecheck.loaders.decode.settings import decode_settings
from pipecheck.loaders.node import Node, element_text
from pipecheck.model.buildspec import (
    PHASES,
    Batch,
    BatchEntry,
    BuildReport,
    Buildspec,
    BuildspecArtifacts,
    Phase,
)
from pipecheck.model.settings import Settings
from pipecheck.values import Absent, Items, Known, Member, Unknown, Value, bind

T = TypeVar("T")

_BATCH_KINDS = ("build-list", "build-graph", "build-matrix", "build-fanout")


def decode_buildspec(node: Node) -> Buildspec:
    """The build specification whose keys `node` holds."""
    env = node.get("env")
    return Buildspec(
        version=node.text("version"),
        run_as=node.text("run-as"),
        shell=bind(env, lambda mapping: mapping.text("shell")),
        env_keys=_keys(env),
        variables=_settings(env, "variables"),
        parameter_store=_settings(env, "parameter-store"),
        secrets_manager=_settings(env, "secrets-manager"),
        exported_variables=_texts(env, "exported-variables"),
        git_credential_helper=bind(env, lambda mapping: mapping.text("git-credential-helper")),
        phases=_named(node, "phases", _phase),
        artifacts=_artifacts(node),
        reports=_named(node, "reports", _report),
        batch=node.child("batch", _batch),
        cache_paths=_texts(node.get("cache"), "paths"),
        place=node.head,
    )


def _phase(name: str, node: Node) -> Phase:
    return Phase(
        name=name,
        commands=_listed(node, "commands"),
        finally_commands=_listed(node, "finally"),
        on_failure=node.text("on-failure"),
        run_as=node.text("run-as"),
        runtimes=decode_settings(node, "runtime-versions"),
        place=node.head,
    )


def _artifacts(node: Node) -> Items[BuildspecArtifacts]:
    """The primary artifact, where it lists files, and the secondary ones."""
    match node.get("artifacts"):
        case Absent(place):
            return Items((), place)
        case Unknown() as unknown:
            return Items((), node.head, unknown)
        case Known(artifacts):
            others = _named(artifacts, "secondary-artifacts", _secondary_artifact)
            if isinstance(artifacts.get("files"), Absent):
                return others
            primary = Member(_artifact(artifacts, Absent(artifacts.head)))
            return Items((primary, *others.members), artifacts.head, others.open)


def _secondary_artifact(name: str, node: Node) -> BuildspecArtifacts:
    return _artifact(node, Known(name, node.head))


def _artifact(node: Node, identifier: Value[str]) -> BuildspecArtifacts:
    return BuildspecArtifacts(
        identifier=identifier,
        name=node.text("name"),
        files=_listed(node, "files"),
        base_directory=node.text("base-directory"),
        discard_paths=node.text("discard-paths"),
        place=node.head,
    )


def _report(name: str, node: Node) -> BuildReport:
    return BuildReport(
        group=Known(name, node.head),
        files=_listed(node, "files"),
        file_format=node.text("file-format"),
        base_directory=node.text("base-directory"),
        place=node.head,
    )


def _batch(node: Node) -> Batch:
    kind = next((kind for kind in _BATCH_KINDS if kind in node.keys), None)
    listed = kind in {"build-list", "build-graph"} and kind is not None
    matrix = node.get("build-matrix")
    return Batch(
        kind=Absent(node.head) if kind is None else Known(kind, node.head),
        fast_fail=node.flag("fast-fail"),
        ignore_failure=_of_all(node, kind),
        entries=node.items(kind).each(_entry) if listed and kind is not None else Items((), node.head),
        buildspecs=_texts(bind(matrix, lambda mapping: mapping.get("dynamic")), "buildspec"),
        place=node.head,
    )


def _of_all(batch: Node, kind: str | None) -> Value[bool]:
    """Whether failures of what a matrix or a fan-out runs are ignored."""
    match kind:
        case "build-matrix":
            static = bind(batch.get("build-matrix"), lambda matrix: matrix.get("static"))
            return bind(static, lambda settings: settings.flag("ignore-failure"))
        case "build-fanout":
            return bind(batch.get("build-fanout"), lambda fanout: fanout.flag("ignore-failure"))
        case _:
            return Absent(batch.head)


def _keys(mapping: Value[Node]) -> Items[Value[str]]:
    match mapping:
        case Known(node) if isinstance(node.raw, dict):
            return node.names().each(node.name)
        case Known(node):
            return Items((), node.head)
        case Absent(place):
            return Items((), place)
        case Unknown(place=place):
            return Items((), place, mapping)


def _entry(node: Node) -> BatchEntry:
    env = node.get("env")
    return BatchEntry(
        identifier=node.text("identifier"),
        buildspec=node.text("buildspec"),
        ignore_failure=node.flag("ignore-failure"),
        debug_session=node.flag("debug-session"),
        privileged=bind(env, lambda mapping: mapping.flag("privileged-mode")),
        image=bind(env, lambda mapping: mapping.text("image")),
        variables=_settings(env, "variables"),
        depends_on=_listed(node, "depend-on"),
        place=node.head,
    )


def _listed(node: Node, key: str) -> Items[Value[str]]:
    return node.items(key, single=True).each(element_text)


def _texts(parent: Value[Node], key: str) -> Items[Value[str]]:
    match parent:
        case Known(node):
            return _listed(node, key)
        case Absent(place):
            return Items((), place)
        case Unknown(place=place):
            return Items((), place, parent)


def _settings(parent: Value[Node], key: str) -> Settings:
    match parent:
        case Known(node):
            return decode_settings(node, key)
        case Absent(place):
            return Settings({}, place)
        case Unknown(place=place):
            return Settings({}, place, parent)


def _named(node: Node, key: str, decode: Callable[[str, Node], T]) -> Items[T]:
    """The entries of a mapping of names; phases in the order in which they run."""
    match node.get(key):
        case Known(mapping):
            found = tuple(_entries(mapping, decode))
            unseen = next((entry for entry in found if isinstance(entry, Unknown)), None)
            members = tuple(Member(entry) for entry in found if not isinstance(entry, Unknown))
            return Items(members, mapping.head, unseen)
        case Absent(place):
            return Items((), place)
        case Unknown() as unknown:
            return Items((), node.head, unknown)


def _entries(mapping: Node, decode: Callable[[str, Node], T]) -> Iterator[T | Unknown]:
    if not isinstance(mapping.raw, dict):
        return
    for name in sorted(mapping.keys, key=lambda name: PHASES.index(name) if name in PHASES else len(PHASES)):
        match mapping.get(name):
            case Known(entry) if isinstance(entry.raw, dict):
                yield decode(name, entry)
            case Unknown() as unknown:
                yield unknown
            case _:
                continue
