"""The rules that pipecheck brings, and choosing among them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from pipecheck.errors import RuleFileError, UsageError
from pipecheck.rules.nearest import did_you_mean
from pipecheck.rules.prebuilt import FILE_NAME, FRAMEWORKS, as_json, from_json
from pipecheck.rules.remembered import remembered
from pipecheck.rules.rule import Rule
from pipecheck.values.record import record


@record
class Catalog:
    """Rules by id, in the order of the ids."""

    rules: Mapping[str, Rule]

    def select(self, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
        """The rules that `select` names without those that `ignore` names, by id.

        A selector is an id, a glob of ids, `group:NAME`, `tag:NAME`, `framework:SLUG` or `ALL`. Without any it is
        the rules that run by default. Raises UsageError for a selector that names no rule.
        """
        chosen = {id for selector in select for id in self._named(selector)}
        if not select:
            chosen = {id for id, rule in self.rules.items() if rule.default}
        ignored = {id for selector in ignore for id in self._named(selector)}
        return tuple(rule for id, rule in self.rules.items() if id in chosen and id not in ignored)

    def _named(self, selector: str) -> tuple[str, ...]:
        if selector == "ALL":
            return tuple(self.rules)
        kind, colon, name = selector.partition(":")
        if colon:
            return self._of_kind(kind, name, selector)
        found = tuple(id for id in self.rules if fnmatchcase(id, selector))
        if not found:
            raise UsageError(f"there is no rule {selector}", help=did_you_mean(selector, self.rules))
        return found

    def _of_kind(self, kind: str, name: str, selector: str) -> tuple[str, ...]:
        if kind not in _NAMES:
            help = ("selectors are ids, globs, group:NAME, tag:NAME, framework:SLUG and ALL",)
            raise UsageError(f"{selector} selects nothing: there is no kind {kind!r}", help=help)
        found = tuple(id for id, rule in self.rules.items() if name in _NAMES[kind](rule))
        if not found:
            known = {f"{kind}:{name}" for rule in self.rules.values() for name in _NAMES[kind](rule)}
            raise UsageError(f"{selector} selects nothing", help=did_you_mean(selector, known))
        return found


_NAMES: Mapping[str, Callable[[Rule], Iterable[str]]] = {
    "group": lambda rule: (rule.group,),
    "tag": lambda rule: rule.tags,
    "framework": lambda rule: rule.controls,
}


def load_bundled(*, examples: bool = False) -> Catalog:
    """The rules that come with pipecheck: in `_rules` of an installed package, in `rules` beside it in a checkout.

    Their examples are left out unless asked for, because a scan has no use for them and they are most of the text;
    with them, every expression is checked too. Raises RuleFileError.
    """
    package = Path(__file__).parent.parent
    installed = package / "_rules"
    if not installed.is_dir():
        files = _rule_files(package.parent / "rules")
        return catalog_of(_read(files, examples) if examples else remembered(files, lambda: _read(files, examples)))
    prebuilt = installed / FILE_NAME
    if prebuilt.exists() and not examples:
        return catalog_of(from_json(prebuilt.read_text("utf-8")))
    return catalog_of(_read(_rule_files(installed), examples))


def prebuilt(folder: Path) -> str:
    """The rules below a folder as the text that an installed package reads in place of their files."""
    return as_json(_read(_rule_files(folder), examples=False))


def _rule_files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.glob("*/*.yaml") if file.parent.name != FRAMEWORKS)


def _read(files: Iterable[Path], examples: bool) -> Iterator[Rule]:
    from pipecheck.rules.file import read_rule, read_rule_without_examples  # noqa: PLC0415 - a scan needs no files

    read = read_rule if examples else read_rule_without_examples
    for file in files:
        yield read(file.read_text("utf-8"), f"rules/{file.parent.name}/{file.name}")


def catalog_of(rules: Iterable[Rule]) -> Catalog:
    """The catalogue of some rules. Raises RuleFileError where two have the same id."""
    found: dict[str, Rule] = {}
    for rule in rules:
        if rule.id in found:
            raise RuleFileError(f"the rule {rule.id} is also in {found[rule.id].source}", source=rule.source)
        found[rule.id] = rule
    return Catalog(dict(sorted(found.items())))
