"""From texts with names to one inventory, with an error for each text that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipecheck.errors import InputError
from pipecheck.loaders.buildspecs import Buildspecs
from pipecheck.loaders.cloudformation.processing import process
from pipecheck.loaders.cloudformation.template import Assumptions
from pipecheck.loaders.defect import defect
from pipecheck.loaders.detect import kind_of
from pipecheck.loaders.inventory import build_inventory
from pipecheck.loaders.source_tree import SourceTree, Texts
from pipecheck.model.inventory import Inventory
from pipecheck.syntax.document import Document
from pipecheck.syntax.read import read_all
from pipecheck.values.record import record

_TEMPLATE_ENDINGS = (".yaml", ".yml", ".json", ".template", ".cfn", ".cform")
_TEMPLATE_SIGNS = (
    re.compile(r"""(?:^|[{,])\s*["']?Resources["']?\s*:""", re.MULTILINE),
    re.compile(r"""["']?Type["']?\s*:\s*["']?AWS::"""),
)
_PIPELINE_SIGNS = (re.compile(r"""(?:^|[{,])\s*["']?stages["']?\s*:""", re.MULTILINE), re.compile(r"roleArn"))


_NO_FILES = Texts()


@record
class Input:
    """A text to load. `named` says that the user named this very file, so that it must be something we load."""

    uri: str
    text: str | bytes
    named: bool = False


@record
class Loaded:
    """An inventory, the documents its places speak of by uri, and the inputs that could not be read."""

    inventory: Inventory
    documents: dict[str, Document]
    errors: tuple[InputError, ...]


def load(inputs: Iterable[Input], assumptions: Assumptions, tree: SourceTree = _NO_FILES) -> Loaded:
    """Reads every input and links what it describes; a broken input becomes an error and the others go on.

    `tree` holds the files that inputs may name, such as build specifications.
    """
    documents: dict[str, Document] = {}
    errors: list[InputError] = []
    for entry in inputs:
        try:
            document, *others = read_all(entry.text, entry.uri, "json" if _is_json(entry) else None)
            recognised = _is_input(document, entry)
        except InputError as error:
            if entry.named or _looks_like_input(entry):
                errors.append(error)
            continue
        except Exception as error:  # noqa: BLE001 - one input that nobody thought of must not end the others
            errors.append(defect(entry.uri, error))
            continue
        if recognised:
            documents[entry.uri] = document
            errors += _duplicate_keys(document)
        errors += _further_documents(others)
    buildspecs = Buildspecs(tree)
    processed = process(tuple(documents.values()), assumptions, tree)
    errors += processed.errors
    for included in processed.included.values():
        errors += [] if included.uri in documents else _duplicate_keys(included)
    inventory, too_complex = build_inventory(processed.documents, assumptions, buildspecs)
    errors += too_complex
    read_on_the_way = {**buildspecs.documents, **processed.included}
    return Loaded(inventory, read_on_the_way | {d.uri: d for d in processed.documents}, tuple(errors))


def _is_input(document: Document, entry: Input) -> bool:
    """Whether a document is one that we load. Raises InputError where the user named one that is not."""
    if kind_of(document.root) is not None:
        return True
    if not entry.named:
        return False
    raise InputError(
        "holds nothing that pipecheck can load",
        source=entry.uri,
        help=("expected a CloudFormation template, or a pipeline as `aws codepipeline get-pipeline` prints it",),
    )


def _is_json(entry: Input) -> bool:
    """Whether a text says that it is JSON: one with a missing comma must not read as YAML."""
    start = entry.text[:64]
    opening = start.decode("utf-8", "replace") if isinstance(start, bytes) else start
    return entry.uri.endswith(".json") and opening.lstrip("\ufeff \t\r\n").startswith(("{", "["))


def _looks_like_input(entry: Input) -> bool:
    """Whether a text that cannot be parsed was meant as a template or pipeline, and not as a page that shows one."""
    if not entry.uri.endswith(_TEMPLATE_ENDINGS):
        return False
    sample = entry.text.decode("utf-8", "replace") if isinstance(entry.text, bytes) else entry.text
    return any(all(sign.search(sample) for sign in signs) for signs in (_TEMPLATE_SIGNS, _PIPELINE_SIGNS))


def _further_documents(documents: Iterable[Document]) -> Iterable[InputError]:
    """An error for the second and later documents of one text that describe something we load."""
    for document in documents:
        if kind_of(document.root) is not None:
            first = document.span(())
            yield InputError(
                "a second YAML document in one file is not read",
                source=document.uri,
                line=first.line,
                column=first.column,
                help=("put each template or pipeline into a file of its own, as CloudFormation wants it too",),
            )


def _duplicate_keys(document: Document) -> Iterable[InputError]:
    for duplicate in document.duplicates:
        first, second = duplicate.first, duplicate.second
        yield InputError(
            f"the key {duplicate.key} stands twice: first in line {first.line}, again in line {second.line}",
            source=document.uri,
            line=second.line,
            column=second.column,
            help=("the last one is used, and no rule passes on it: remove one of them",),
        )
