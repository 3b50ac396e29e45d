"""From documents that belong together to one inventory."""

from __future__ import annotations

from collections.abc import Sequence

from pipecheck.analysis.labels import pipeline_label
from pipecheck.errors import InputError
from pipecheck.loaders.buildspecs import Buildspecs
from pipecheck.loaders.cloudformation.resources import (
    Attachment,
    Declared,
    attachments,
    declared,
    decode_template,
    policies_among,
)
from pipecheck.loaders.cloudformation.stacks import Stacks
from pipecheck.loaders.cloudformation.template import Assumptions, Template
from pipecheck.loaders.defect import defect
from pipecheck.loaders.detect import kind_of
from pipecheck.loaders.pipeline_json import load_pipeline
from pipecheck.loaders.snapshot import Snapshot
from pipecheck.model.inventory import NOUNS, Inventory, Resource, ScannedInput
from pipecheck.model.pipeline import Pipeline
from pipecheck.syntax.document import Document
from pipecheck.values import Items, Member, Place
from pipecheck.values.record import record


def build_inventory(
    documents: Sequence[Document], assumptions: Assumptions, buildspecs: Buildspecs
) -> tuple[Inventory, tuple[InputError, ...]]:
    """The inventory of the documents that we load, and the errors of those that are too much work to read in full.

    `buildspecs` finds what their projects build with.
    """
    inputs: list[ScannedInput] = []
    errors: list[InputError] = []
    members: dict[type, list[Member[Resource]]] = {}
    addresses: dict[tuple[str, str], Resource] = {}
    stacks = Stacks()
    snapshots: list[Document] = []
    for document in documents:
        match kind_of(document.root):
            case "cloudformation":
                stacks.templates.append(Template(document, assumptions, stacks))
            case "pipeline":
                try:
                    pipeline = load_pipeline(document, buildspecs)
                except Exception as error:  # noqa: BLE001 - the other inputs go on
                    errors.append(defect(document.uri, error))
                    continue
                if pipeline is not None:
                    members.setdefault(Pipeline, []).append(Member(pipeline))
                    inputs.append(ScannedInput(document.uri, "pipeline", _names([pipeline])))
            case "snapshot":
                snapshots.append(document)
            case None:
                pass
    contents = [_contents(template, errors) for template in stacks.templates]
    attached = attachments(
        [resource for content in contents for resource in content.resources],
        [policy for content in contents for policy in content.policies],
    )
    for template, content in zip(stacks.templates, contents, strict=True):
        try:
            decoded = decode_template(template, content.resources, attached, buildspecs)
        except Exception as error:  # noqa: BLE001 - the other inputs go on
            errors.append(defect(template.source, error))
            continue
        for kind, found in decoded.members.items():
            members.setdefault(kind, []).extend(found)
        addresses.update(decoded.addresses)
        pipelines = [
            member.value for member in decoded.members.get(Pipeline, ()) if isinstance(member.value, Pipeline)
        ]
        inputs.append(ScannedInput(template.source, "cloudformation", _names(pipelines)))
    live = _live(snapshots, buildspecs)
    for kind, resources in live.members.items():
        members.setdefault(kind, []).extend(resources)
    inputs += live.inputs
    errors += live.errors
    unseen = next(filter(None, (template.transforms.unseen_resources() for template in stacks.templates)), None)
    kinds = {**members, **live.unlisted} if unseen is None else NOUNS
    inventory = Inventory(
        inputs=tuple(sorted(inputs, key=lambda entry: entry.uri)),
        resources={
            kind: Items(tuple(members.get(kind, ())), Place("", ()), unseen or live.unlisted.get(kind))
            for kind in kinds
        },
        addresses=addresses,
        homes=live.homes,
        file=buildspecs.beside,
    )
    errors += (error for template in stacks.templates for error in template.effort.errors())
    return inventory, tuple(errors)


def _live(documents: Sequence[Document], buildspecs: Buildspecs) -> Snapshot:
    """What the files of snapshots hold."""
    if not documents:
        return Snapshot()
    from pipecheck.loaders.live.load import load_snapshot  # noqa: PLC0415 - templates need none of it

    return load_snapshot(documents, buildspecs)


@record
class _Contents:
    """What a template declares, and the policies among it that name the roles they are attached to."""

    resources: tuple[Declared, ...] = ()
    policies: tuple[Attachment, ...] = ()


def _contents(template: Template, errors: list[InputError]) -> _Contents:
    """What a template declares; nothing, and an error more, where it brings a mistake of ours to light."""
    try:
        resources = tuple(declared(template))
        return _Contents(resources, policies_among(resources))
    except Exception as error:  # noqa: BLE001 - the other inputs go on
        errors.append(defect(template.source, error))
        return _Contents()


def _names(pipelines: Sequence[Pipeline]) -> tuple[str, ...]:
    return tuple(map(pipeline_label, pipelines))
