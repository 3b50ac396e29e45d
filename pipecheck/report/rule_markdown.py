"""The pages about rules and frameworks in Markdown, as `docs/rules` holds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipecheck.rules.frameworks import Framework
from pipecheck.rules.rule import Example, Parameter, Rule
from pipecheck.rules.verdict import Verdict

_FRAMEWORKS = "frameworks"
_GENERATED = "<!-- Made from rules/ by tools/rule_pages.py: change those files and run it again. -->"
_SHOWN = ((Verdict.FAIL, "An example that fails"), (Verdict.PASS, "An example that passes"))


def rule_pages(rules: Sequence[Rule], frameworks: Mapping[str, Framework]) -> Mapping[str, str]:
    """Every page by its path below `docs/rules`: one for each rule and framework, and an index of each."""
    pages = {"README.md": _index(rules, frameworks)}
    pages |= {f"{rule.id}.md": _page(rule, frameworks) for rule in rules}
    for framework in frameworks.values():
        pages[f"{_FRAMEWORKS}/{framework.slug}.md"] = _framework_page(framework, rules)
    return pages


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def _index(rules: Sequence[Rule], frameworks: Mapping[str, Framework]) -> str:
    groups: dict[str, list[Rule]] = {}
    for rule in rules:
        groups.setdefault(rule.group, []).append(rule)
    tables = (f"## {group}\n\n{_rule_table(groups[group])}" for group in sorted(groups))
    listed = "\n".join(
        f"- [{one.title} {one.version}]({_FRAMEWORKS}/{one.slug}.md) (`--framework {one.slug}`)"
        for one in frameworks.values()
    )
    intro = f"The {len(rules)} rules that pipecheck brings. `pipecheck explain ID` shows each in the terminal."
    return _joined(["# Rules", _GENERATED, intro, *tables, "## By framework", listed])


def _rule_table(rules: Iterable[Rule]) -> str:
    return "\n".join(["| rule | severity | by default | title |", "|---|---|---|---|", *map(_rule_row, rules)])


def _rule_row(rule: Rule) -> str:
    default = "yes" if rule.default else "no"
    return f"| [{rule.id}]({rule.id}.md) | {rule.severity.value} | {default} | {_cell(rule.title)} |"


def _page(rule: Rule, frameworks: Mapping[str, Framework]) -> str:
    return _joined(
        [
            f"# {rule.id}",
            _GENERATED,
            f"**{rule.title}**",
            _facts(rule),
            _section("Why it matters", rule.rationale.strip()),
            _section("How to mend it", rule.remediation.strip()),
            *_examples(rule.examples),
            _section("Parameters", "\n".join(map(_parameter, rule.params))),
            _section("Limits", rule.limits.strip()),
            _section("Controls", "\n".join(_controls(rule, frameworks))),
            _section("References", "\n".join(f"- <{reference}>" for reference in rule.references)),
        ]
    )


def _facts(rule: Rule) -> str:
    severities = "".join(f"; {severity.value} where `{condition}`" for condition, severity in rule.severity_when)
    facts = {
        "severity": f"{rule.severity.value}{severities}",
        "called on": ", ".join(f"`{kind}`" for kind in rule.subjects),
        "runs by default": "yes" if rule.default else "no, only where it is selected",
        "status": f"{rule.status}, since {rule.since}",
        "tags": ", ".join(f"`{tag}`" for tag in rule.tags),
    }
    return "\n".join(f"- {name}: {value}" for name, value in facts.items() if value)


def _section(title: str, text: str) -> str:
    return f"## {title}\n\n{text}" if text else ""


def _examples(examples: Sequence[Example]) -> Iterator[str]:
    """The first example of each verdict that is shown; its marker says where the finding points."""
    for verdict, title in _SHOWN:
        for example in examples:
            text = example.renderings.get("cloudformation")
            if example.verdict is verdict and text is not None:
                yield f"## {title}\n\n{_sentence(example.case)}:\n\n```yaml\n{text.rstrip()}\n```"
                break


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _parameter(parameter: Parameter) -> str:
    default = list(parameter.default) if isinstance(parameter.default, tuple) else parameter.default
    values = f", of {', '.join(parameter.values)}" if parameter.values else ""
    return f"- `{parameter.name}` ({parameter.type}{values}; by default `{default}`): {parameter.description}"


def _controls(rule: Rule, frameworks: Mapping[str, Framework]) -> Iterator[str]:
    for slug, ids in rule.controls.items():
        framework = frameworks.get(slug)
        titles = framework.controls if framework is not None else {}
        listed = "; ".join(f"{id} {titles.get(id, '')}".strip() for id in ids)
        name = f"[{framework.title}]({_FRAMEWORKS}/{slug}.md)" if framework is not None else slug
        yield f"- {name}: {listed}"


def _framework_page(framework: Framework, rules: Sequence[Rule]) -> str:
    rows = []
    for id, title in framework.controls.items():
        found = [rule for rule in rules if id in rule.controls.get(framework.slug, ())]
        links = ", ".join(f"[{rule.id}](../{rule.id}.md)" for rule in found) or "none: not assessable"
        rows.append(f"| {id} | {_cell(title)} | {links} |")
    words = "The titles are the standard's." if framework.wording == "original" else "The titles are in our words."
    return _joined(
        [
            f"# {framework.title} {framework.version}",
            _GENERATED,
            f"<{framework.url}>",
            f"{framework.mapping} {words}",
            f"`pipecheck scan --framework {framework.slug}` says of each what a scan found.",
            "\n".join(["| control | title | rules |", "|---|---|---|", *rows]),
        ]
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
