"""From documents that belong together to one inventory."""

from __future__ import annotations

from collections.abc import Sequence

from pipecheck.loaders.buildspecs import Buildspecs
from pipecheck.loaders.cloudformation.resources import decode_template
from pipecheck.loaders.cloudformation.stacks import Stacks
from pipecheck.loaders.cloudformation.template import Assumptions, Template
from pipecheck.loaders.detect import kind_of
from pipecheck.loaders.pipeline_json import load_pipeline
from pipecheck.model.inventory import NOUNS, Inventory, Resource, ScannedInput
from pipecheck.model.pipeline import Pipeline
from pipecheck.syntax.document import Document
from pipecheck.values import Items, Member, Place, known


def build_inventory(documents: Sequence[Document], assumptions: Assumptions, buildspecs: Buildspecs) -> Inventory:
    """The inventory of the documents that we load; the others are passed over.

    `buildspecs` finds what their projects build with.
    """
    inputs: list[ScannedInput] = []
    members: dict[type, list[Member[Resource]]] = {}
    addresses: dict[tuple[str, str], Resource] = {}
    stacks = Stacks()
    for document in documents:
        match kind_of(document.root):
            case "cloudformation":
                stacks.templates.append(Template(document, assumptions, stacks))
            case "pipeline":
                pipeline = load_pipeline(document, buildspecs)
                if pipeline is not None:
                    members.setdefault(Pipeline, []).append(Member(pipeline))
                    inputs.append(ScannedInput(document.uri, "pipeline", _names([pipeline])))
            case None:
                pass
    for template in stacks.templates:
        decoded = decode_template(template, buildspecs)
        for kind, found in decoded.members.items():
            members.setdefault(kind, []).extend(found)
        addresses.update(decoded.addresses)
        pipelines = [
            member.value for member in decoded.members.get(Pipeline, ()) if isinstance(member.value, Pipeline)
        ]
        inputs.append(ScannedInput(template.source, "cloudformation", _names(pipelines)))
    unseen = next(filter(None, (template.transforms.unseen_resources() for template in stacks.templates)), None)
    kinds = members if unseen is None else NOUNS
    return Inventory(
        inputs=tuple(sorted(inputs, key=lambda entry: entry.uri)),
        resources={kind: Items(tuple(members.get(kind, ())), Place("", ()), unseen) for kind in kinds},
        addresses=addresses,
        file=buildspecs.beside,
    )


def _names(pipelines: Sequence[Pipeline]) -> tuple[str, ...]:
    return tuple(
        known(pipeline.name) or str((pipeline.place.source, *pipeline.place.route)[-1]) for pipeline in pipelines
    )
