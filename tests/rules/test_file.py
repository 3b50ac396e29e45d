"""Rule files: what they may hold, and each mistake at its line and column."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from pipecheck.errors import RuleFileError
from pipecheck.rules.file import read_rule, read_rule_without_examples, strip_markers
from pipecheck.rules.rule import Rule
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict

SOURCE = "rules/sources/source-branch.yaml"
TEXT = """\
id: source-branch
title: Source follows a branch that is not protected
severity: high
severity_when:
  - {if: 'action.provider == "S3"', severity: low}
params:
  branches:
    type: list
    values: [main, release]
    default: [main]
    description: The branches that may be followed.
since: 0.1.0
tags: [branch]
subject: action
when: action.category == "Source"
require: >-
  !has(action.configuration.BranchName) ||
  action.configuration.BranchName in params.branches
at: [action.configuration.BranchName, action]
message: "{action.name} follows {action.configuration.BranchName}"
rationale: Anybody may push to it.
remediation: Follow a protected branch.
limits: Only names are compared.
controls: {soc2: [CC6.1]}
references: [https://example.com/branches]
examples:
  - case: protected
    verdict: pass
    pipeline: |
      {"pipeline": {}}
  - case: not protected
    verdict: fail
    severity: high
    params: {branches: [release]}
    configuration: {production: {accounts: ["111122223333"]}}
    files:
      roles.yaml: |
        Resources: {}
    cloudformation: |
      Resources: {}   # <- finding
    pipeline:
      verdict: unknown
      text: |
        {}
"""


def rule_of(text: str) -> Rule:
    return read_rule(text, SOURCE)


def changed(old: str, new: str) -> str:
    assert TEXT.count(old) == 1
    return TEXT.replace(old, new)


def test_everything_in_the_file_is_in_the_rule() -> None:
    rule = rule_of(TEXT)
    assert (rule.id, rule.group, rule.severity, rule.subjects) == (
        "source-branch",
        "sources",
        Severity.HIGH,
        ("action",),
    )
    assert rule.severity_when == (('action.provider == "S3"', Severity.LOW),)
    (parameter,) = rule.params
    assert (parameter.name, parameter.type, parameter.default) == ("branches", "list", ("main",))
    assert parameter.values == ("main", "release")
    assert rule.require is not None
    assert rule.require.endswith("|| action.configuration.BranchName in params.branches")
    assert rule.controls == {"soc2": ("CC6.1",)}
    assert (rule.default, rule.status, rule.python, rule.source) == (True, "stable", None, SOURCE)


def test_an_example_is_a_case_with_renderings() -> None:
    first, second = rule_of(TEXT).examples
    assert first.renderings == {"pipeline": '{"pipeline": {}}\n'}
    assert (second.case, second.verdict, second.severity) == ("not protected", Verdict.FAIL, Severity.HIGH)
    assert second.params == {"branches": ("release",)}
    assert second.files == {"roles.yaml": "Resources: {}\n"}
    assert second.renderings == {"cloudformation": "Resources: {}   # <- finding\n", "pipeline": "{}\n"}
    assert second.verdicts == {"pipeline": Verdict.UNKNOWN}
    assert json.loads(second.configuration) == {"production": {"accounts": ["111122223333"]}}


def test_without_its_examples_it_is_the_same_rule() -> None:
    assert read_rule_without_examples(TEXT, SOURCE) == replace(rule_of(TEXT), examples=())


def test_a_python_rule_names_its_function_and_may_have_several_subjects() -> None:
    start, end = TEXT.index("when: action"), TEXT.index("rationale:")
    text = TEXT[:start] + "python: source_branch\n" + TEXT[end:]
    text = text.replace("severity_when:\n  - {if: 'action.provider == \"S3\"', severity: low}\n", "")
    rule = rule_of(text.replace("subject: action", "subject: [action, build_project]"))
    assert (rule.python, rule.require, rule.message) == ("source_branch", None, "")
    assert rule.subjects == ("action", "build_project")


def test_markers_are_stripped_and_their_lines_told() -> None:
    text = 'a:\n  b: 1   # <- finding\n{"c": 2}  # <- finding \nd # <- finding here\n'
    assert strip_markers(text) == ('a:\n  b: 1\n{"c": 2}\nd # <- finding here\n', frozenset({2, 3}))


@pytest.mark.parametrize(
    ("old", "new", "place", "said", "help"),
    [
        ("title:", "titel:", (2, 1), "unknown key 'titel'", "did you mean title?"),
        ("limits: Only names are compared.\n", "", (1, 1), "limits missing", "add limits"),
        ("severity: high\nseverity_when", "severity: severe\nseverity_when", (3, 11), "found 'severe'", ""),
        ("severity: low}", "severity: lo}", (5, 47), "expected one of info, low", "did you mean low?"),
        ("id: source-branch", "id: source", (1, 5), "no id of a rule", ""),
        ("id: source-branch", "id: source-branches", (1, 5), "the file is called source-branch.yaml", ""),
        ("since: 0.1.0", "since: 0.1", (12, 8), "since: expected a text, found the number 0.1", "put it in quotes"),
        ("since: 0.1.0", 'since: "0.1"', (12, 8), "expected a version", ""),
        ("tags: [branch]", "tags: branch", (13, 7), "tags: expected a list of texts, found a text", ""),
        ("tags: [branch]", "tags: [branch, 3]", (13, 16), "tags: expected a text, found the number 3", "in quotes"),
        ("subject: action", "subject: actions", (14, 10), "found 'actions'", "did you mean action?"),
        ("subject: action", "subject: [action]", (14, 1), "has one subject", ""),
        ("type: list", "type: lists", (8, 11), "type: expected one of string", "did you mean list?"),
        ("default: [main]", "default: main", (10, 14), "default: expected a list of texts, found a text", ""),
        ("default: [main]", "default: [dev]", (10, 5), "default: expected one of main, release, found 'dev'", ""),
        ("  branches:\n", "  Branches:\n", (7, 3), "'Branches' is no name of a parameter", ""),
        (
            "rationale: Anybody may push to it.",
            "rationale:",
            (21, 1),
            "rationale: expected a text, found nothing",
            "",
        ),
        ("controls: {soc2: [CC6.1]}", "controls: {soc2: CC6.1}", (24, 18), "expected a list of texts", ""),
        (
            "controls: {soc2: [CC6.1]}",
            "controls: {soc2: [6.1]}",
            (24, 19),
            "soc2: expected a text",
            "put it in quotes",
        ),
        ("message:", "python: check\nmessage:", (15, 1), "when does not go together with python", "remove it"),
        ("    verdict: pass", "    verdict: passes", (28, 14), "found 'passes'", "did you mean pass?"),
        ("case: not protected", "case: protected", (31, 11), "two cases are called 'protected'", ""),
        ("params: {branches: [release]}", "params: {branch: [a]}", (34, 14), "no parameter branch", "branches?"),
        ("params: {branches: [release]}", "params: {branches: [dev]}", (34, 14), "expected one of main", ""),
        (
            "      verdict: unknown",
            "      verdicts: unknown",
            (42, 7),
            "unknown key 'verdicts'",
            "did you mean verdict?",
        ),
        ("    cloudformation: |", "    terraform: |", (39, 5), "unknown key 'terraform'", ""),
        (
            '    pipeline: |\n      {"pipeline": {}}\n',
            "",
            (27, 5),
            "the case shows nothing",
            "cloudformation or pipeline",
        ),
    ],
)
def test_a_mistake_is_named_at_its_place(old: str, new: str, place: tuple[int, int], said: str, help: str) -> None:
    with pytest.raises(RuleFileError) as caught:
        rule_of(changed(old, new))
    error = caught.value
    assert said in error.message
    assert (error.source, error.line, error.column) == (SOURCE, *place)
    assert help in "".join(error.help)


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        (
            'when: action.category == "Source"',
            'when: action.categry == "Source"',
            (15, 14),
            "when: an Action has no field",
        ),
        ("params.branches\n", "params.branch\n", (18, 45), "require: the rule has no parameter branch"),
        ("!has(action.configuration.BranchName)", "!has(action.name", (18, 53), "require: expected ')' or ','"),
        ("'action.provider == \"S3\"'", "'action.provider = \"S3\"'", (5, 27), "severity_when.0.if: '=' is no part"),
        (
            "at: [action.configuration.BranchName, action]",
            "at: [action.nam]",
            (19, 13),
            "at.0: an Action has no field nam",
        ),
        (
            'message: "{action.name}',
            'message: "\\u0041 {action.nam}',
            (20, 10),
            "message: an Action has no field nam",
        ),
        ("in params.branches\n", "in pipeline.stages\n", (18, 35), "require: in takes a text or number and a list"),
    ],
)
def test_a_mistake_in_an_expression_is_named_at_its_column_in_the_file(
    old: str, new: str, place: tuple[int, int], said: str
) -> None:
    with pytest.raises(RuleFileError) as caught:
        rule_of(changed(old, new))
    assert said in caught.value.message
    assert (caught.value.line, caught.value.column) == place


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("|\n  has(action.name) &&\n    has(action.nam)", (18, 16)),
        (">\n  has(action.name) &&\n\n  has(action.nam)", (19, 14)),
        ("has(action.name) &&\n   has(action.nam)", (17, 15)),
        ("'has(action.name) && action.name != ''a'' && has(action.nam)'", (16, 66)),
        ('"has(action.name) && has(action.nam)"', (16, 42)),
        ("# why\n  has(action.nam)", (17, 14)),
    ],
)
def test_the_column_is_right_however_yaml_writes_the_expression(written: str, place: tuple[int, int]) -> None:
    start, end = TEXT.index("require: >-") + len("require: "), TEXT.index("at: [")
    with pytest.raises(RuleFileError, match="an Action has no field nam") as caught:
        rule_of(f"{TEXT[:start]}{written}\n{TEXT[end:]}")
    assert (caught.value.line, caught.value.column) == place


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("", (1, 1), "expected a mapping"),
        ("- a\n", (1, 1), "expected a mapping"),
        ("id: [\n", None, "expected"),
        (TEXT + "notes: x\n", (45, 1), "unknown key 'notes'"),
        (TEXT.replace("examples:", "tags: [a]\nexamples:"), (26, 1), "the key 'tags' stands twice, first in line 13"),
        (TEXT[: TEXT.index("examples:")], (1, 1), "examples are missing"),
        (
            TEXT[: TEXT.index("examples:")] + "examples: []\ndefault: true\n",
            (27, 1),
            "default stands behind examples",
        ),
        (changed("require: >-\n", "requires: >-\n"), (1, 1), "require or python is missing"),
    ],
)
def test_a_file_that_is_no_rule_is_refused(text: str, place: tuple[int, int] | None, said: str) -> None:
    with pytest.raises(RuleFileError, match=said.replace("'", ".")) as caught:
        rule_of(text)
    assert caught.value.line is not None
    if place is not None:
        assert (caught.value.line, caught.value.column) == place


def test_a_rule_may_be_written_in_json() -> None:
    text = json.dumps(
        {
            "id": "stage-name", "title": "t", "severity": "low", "since": "0.1.0", "subject": "stage",
            "require": 'stage.nam == "a"', "message": "m", "rationale": "r", "remediation": "r", "limits": "l",
            "controls": {}, "references": [], "examples": [],
        }
    )  # fmt: skip
    with pytest.raises(RuleFileError, match="a Stage has no field nam") as caught:
        read_rule(text, "rules/stages/stage-name.json")
    assert caught.value.column == text.index("nam == ") + 1
