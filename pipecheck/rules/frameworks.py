"""Frameworks: the controls that rules give evidence for, each a file of `rules/frameworks`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from pipecheck.errors import InputError, RuleFileError
from pipecheck.rules.fields import Fields
from pipecheck.rules.prebuilt import FRAMEWORKS
from pipecheck.rules.rule import Rule
from pipecheck.syntax.read import read
from pipecheck.values.record import record

WORDINGS = ("original", "own")


@record
class Framework:
    """A standard. `controls` maps the ids of its controls to their titles, in the order of the standard.

    `wording` says whose words the titles are: `original` or `own`, where the standard's own may not be copied or are
    too long. `mapping` says whose judgement the rules' mapping is. Texts are empty where nothing is known.
    """

    slug: str
    title: str
    version: str
    url: str
    wording: str
    mapping: str
    controls: Mapping[str, str]


def read_framework(text: str, source: str) -> Framework:
    """The framework in a file. Raises RuleFileError."""
    try:
        document = read(text, source)
    except InputError as error:
        raise RuleFileError(error.message, source=source, line=error.line, column=error.column) from error
    fields = Fields(document, (), document.root if isinstance(document.root, dict) else {})
    fields.check(("slug", "title", "version", "url", "wording", "mapping", "controls"))
    controls = fields.mapping("controls")
    return Framework(
        slug=fields.text("slug"),
        title=fields.text("title"),
        version=fields.text("version"),
        url=fields.text("url"),
        wording=fields.one_of("wording", WORDINGS),
        mapping=fields.text("mapping"),
        controls={id: controls.text(id) for id in controls.entries},
    )


def frameworks() -> Mapping[str, Framework]:
    """The frameworks that pipecheck brings, by slug. Raises RuleFileError."""
    found = (read_framework(file.read_text("utf-8"), f"rules/{FRAMEWORKS}/{file.name}") for file in _files())
    return {framework.slug: framework for framework in found}


def framework_of(slug: str, rules: Iterable[Rule]) -> Framework:
    """The framework of that slug; where pipecheck brings none, one of the controls that the rules name."""
    for file in _files():
        if file.stem == slug:
            return read_framework(file.read_text("utf-8"), f"rules/{FRAMEWORKS}/{file.name}")
    named = sorted({id for rule in rules for id in rule.controls.get(slug, ())})
    return Framework(slug, slug, "", "", "own", "", dict.fromkeys(named, ""))


def _files() -> list[Path]:
    package = Path(__file__).parent.parent
    installed = package / "_rules"
    folder = installed if installed.is_dir() else package.parent / "rules"
    return sorted((folder / FRAMEWORKS).glob("*.yaml"))
