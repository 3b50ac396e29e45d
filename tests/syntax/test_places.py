"""Where findings about nodes, and about what is not there, point."""

import pytest

from pipecheck.syntax.document import Document, Tagged
from pipecheck.syntax.read import read
from pipecheck.values.place import Route, Span


def marked(document: Document, span: Span) -> str:
    """`line: text` of the span."""
    lines = document.lines(span.line, span.end_line)
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return f"{span.line}: " + "⏎".join(lines)


TEMPLATE = """\
Resources:
  Pipeline:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - Name: Source
          Actions: [{Name: Fetch, RunOrder: 1}, !If [A, {Name: B}, *c]]
        -
        - - x
          - y
        - - - Deep: true
        - []
        - &s {}
        - !Ref Stage
        - !Split
          - ','
          - a,b
      Roles: &c
        Admin: ~
        Empty:
        Next: *c2
"""


@pytest.mark.parametrize(
    ("route", "expected"),
    [
        ((), "1: Resources"),
        (("Resources",), "1: Resources"),
        (("Resources", "Pipeline"), "2: Pipeline"),
        (("Resources", "Pipeline", "Type"), "3: AWS::CodePipeline::Pipeline"),
        (("Resources", "Pipeline", "Properties", "Missing"), "4: Properties"),
        (("Resources", "Pipeline", "Properties", "Missing", 3, "Deeper"), "4: Properties"),
        (("Resources", "Pipeline", "Type", "Within"), "3: Type"),
        (("Resources", "Pipeline", "Properties", "Stages"), "5: Stages"),
        (("Resources", "Pipeline", "Properties", "Stages", 99), "5: Stages"),
        (("Resources", "Pipeline", "Properties", "Stages", -1), "5: Stages"),
        (("Resources", "Pipeline", "Properties", "Stages", "Name"), "5: Stages"),
        (("Resources", "Pipeline", "Properties", "Stages", 0), "6: Name"),
        (("Resources", "Pipeline", "Properties", "Stages", 0, "Missing"), "6: Name"),
        (("Resources", "Pipeline", "Properties", "Stages", 0, "Actions", 0), "7: Name"),
        (("Resources", "Pipeline", "Properties", "Stages", 0, "Actions", 0, "RunOrder"), "7: 1"),
        (("Resources", "Pipeline", "Properties", "Stages", 0, "Actions", 1), "7: !If"),
        (("Resources", "Pipeline", "Properties", "Stages", 0, "Actions", 1, 0), "7: A"),
        (("Resources", "Pipeline", "Properties", "Stages", 0, "Actions", 1, 1), "7: Name"),
        (("Resources", "Pipeline", "Properties", "Stages", 0, "Actions", 1, 1, "Name"), "7: B"),
        (("Resources", "Pipeline", "Properties", "Stages", 1), "8: -"),
        (("Resources", "Pipeline", "Properties", "Stages", 2), "9: x"),
        (("Resources", "Pipeline", "Properties", "Stages", 3), "11: Deep"),
        (("Resources", "Pipeline", "Properties", "Stages", 3, 0, 0, "Deep"), "11: true"),
        (("Resources", "Pipeline", "Properties", "Stages", 4), "12: ["),
        (("Resources", "Pipeline", "Properties", "Stages", 5), "13: {"),
        (("Resources", "Pipeline", "Properties", "Stages", 6), "14: !Ref Stage"),
        (("Resources", "Pipeline", "Properties", "Stages", 7), "15: !Split"),
        (("Resources", "Pipeline", "Properties", "Stages", 7, 1), "17: a,b"),
        (("Resources", "Pipeline", "Properties", "Roles"), "18: Roles"),
        (("Resources", "Pipeline", "Properties", "Roles", "Admin"), "19: ~"),
        (("Resources", "Pipeline", "Properties", "Roles", "Empty"), "20: Empty"),
    ],
)
def test_a_node_is_marked_where_the_reader_of_the_text_looks_for_it(route: Route, expected: str) -> None:
    document = read(TEMPLATE.replace(", *c]", "]").replace("        Next: *c2\n", ""), "x")
    assert marked(document, document.span(route)) == expected


@pytest.mark.parametrize(
    ("route", "expected"),
    [
        (("Resources",), '1: "Resources"'),
        (("Resources", "Role"), '1: "Role"'),
        (("Resources", "Role", "Type"), '2: "AWS::IAM::Role"'),
        (("Resources", "Role", "Missing"), '1: "Role"'),
        (("Resources", "Role", "List"), '3: "List"'),
        (("Resources", "Role", "List", 0), '3: "a"'),
        (("Resources", "Role", "List", 0, "a"), "3: null"),
        (("Resources", "Role", "List", 1), "3: ["),
        (("Resources", "Role", "List", 2), "3: -1.5e3"),
        (("Resources", "Role", "List", 3), "3: 7"),
        (("Resources", "Role", "List", 7), '3: "List"'),
        ((), '1: "Resources"'),
    ],
)
def test_json_is_marked_the_same_way(route: Route, expected: str) -> None:
    text = '{"Resources": {"Role": {\n"Type" : "AWS::IAM::Role",\n"List": [{"a":null}, [], -1.5e3, [7]]}}}'
    document = read(text, "x")
    assert marked(document, document.span(route)) == expected


def test_a_root_without_a_key_is_marked_at_its_beginning() -> None:
    assert read("[]", "x").span(()) == Span(1, 1, 1, 2)
    assert read("# comment\n  just text", "x").span(()) == Span(2, 3, 2, 12)
    assert read(" 12 ", "x", "json").span(()) == Span(1, 2, 1, 4)
    assert read("- - a: 1", "x").span(()) == Span(1, 5, 1, 6)
    assert read("", "x").span(("a",)) == Span(1, 1, 1, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x foo", "1: foo"),
        ("a: !!str 12", "1: 12"),
        ("a: !!int '12'", "1: '12'"),
        ("a: !!str &x 12", "1: 12"),
        ("a: &x !Ref foo", "1: !Ref foo"),
        ("a: !Ref &x foo", "1: !Ref &x foo"),
        ("a: !Ref # comment\n  foo", "1: !Ref # comment⏎  foo"),
        ("a: &x # comment\n  foo", "2: foo"),
        ("a: !<tag:yaml.org,2002:str> foo", "1: foo"),
        ("a: !<!local> foo", "1: !<!local> foo"),
        ("a: !Ref", "1: !Ref"),
        ("a: [!Ref , b]", "1: a"),
        ("a: !!null", "1: a"),
        ("a: &x", "1: a"),
        ("a: one\n  two # comment", "1: one⏎  two"),
        ("a: |\n  b\n", "1: |"),
        ("a: !Sub |-2 # comment\n   b\n", "1: !Sub |-2"),
        ("a: >+\n  b\n\n", "1: >+"),
        ("a: 'it''s'", "1: 'it''s'"),
        ('a: "x\\\n  y"', '1: "x\\⏎  y"'),
        ("a:\t\U0001f600\U0001f600 x\t# comment", "1: \U0001f600\U0001f600 x"),
        ("{a: b}", "1: b"),
        ('{"a":b}', "1: b"),
    ],
)
def test_a_scalar_is_marked_without_anchor_and_core_tag(text: str, expected: str) -> None:
    document = read(text, "x")
    assert marked(document, document.span(("a",))) == expected


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ("'a': 1", "a", "1: 'a'"),
        ('"\\x61": 1', "a", '1: "\\x61"'),
        ("&x a: 1", "a", "1: a"),
        ("? a\n: 1", "a", "1: a"),
        ("? |\n  a\n: 1", "a\n", "1: |"),
        ("!!str 1: x", "1", "1: 1"),
        ("b: &x a\n*x : 1", "a", "2: *x"),
        ("1: x", "1", "1: 1"),
        ("0x10: x", "0x10", "1: 0x10"),
        ("yes: x", "yes", "1: yes"),
        ("~: x", "~", "1: ~"),
        ("null: x", "null", "1: null"),
        ("? \n: 1", "", "1: ?"),
    ],
)
def test_a_key_is_text_and_marked_as_written(text: str, key: str, expected: str) -> None:
    document = read(text, "x")
    assert isinstance(document.root, dict)
    assert key in document.root
    assert marked(document, document.key_span((key,))) == expected


def test_an_alias_is_marked_itself_and_what_is_inside_it_where_it_was_written() -> None:
    document = read("a: &x {b: 1}\nc: *x\nd: [*x, 2]\ne: &y foo\nf: *y\n", "x")
    assert isinstance(document.root, dict)
    assert document.root["c"] is document.root["a"]
    assert marked(document, document.span(("c",))) == "2: c"
    assert marked(document, document.span(("c", "b"))) == "1: 1"
    assert marked(document, document.span(("d", 0))) == "3: *x"
    assert marked(document, document.span(("d", 0, "b"))) == "1: 1"
    assert marked(document, document.span(("f",))) == "5: *y"


def test_merged_entries_are_marked_where_they_were_written() -> None:
    text = "base: &b {Type: S3, Name: x}\nuse:\n  <<: *b\n  Name: y\nlist:\n  - <<: *b\n"
    document = read(text, "x")
    assert isinstance(document.root, dict)
    assert document.root["use"] == {"Type": "S3", "Name": "y"}
    assert marked(document, document.span(("use", "Type"))) == "1: S3"
    assert marked(document, document.key_span(("use", "Type"))) == "1: Type"
    assert marked(document, document.span(("use", "Name"))) == "4: y"
    assert marked(document, document.span(("list", 0))) == "6: <"
    assert marked(document, document.span(("list", 0, "Type"))) == "1: S3"


def test_of_a_repeated_key_the_last_counts_and_both_are_known() -> None:
    document = read("a: 1\nm:\n- x: 1\n  y: 2\n  x: 3\n  'x': 4\na: 5\n", "x")
    assert document.root == {"a": 5, "m": [{"x": 4, "y": 2}]}
    assert marked(document, document.span(("m", 0, "x"))) == "6: 4"
    assert marked(document, document.key_span(("a",))) == "7: a"
    assert [
        (found.route, found.key, marked(document, found.first), marked(document, found.second))
        for found in document.duplicates
    ] == [(("m", 0), "x", "3: x", "5: x"), (("m", 0), "x", "3: x", "6: 'x'"), ((), "a", "1: a", "7: a")]


def test_a_repeated_key_in_json_is_found_at_any_depth() -> None:
    document = read('{"a": 1,\n"b": [{"x": 1, "x": [{}]}],\n"a": {"x": 2}}', "x")
    assert document.root == {"a": {"x": 2}, "b": [{"x": [{}]}]}
    assert marked(document, document.span(("a", "x"))) == "3: 2"
    assert [(found.route, found.key, marked(document, found.second)) for found in document.duplicates] == [
        (("b", 0), "x", '2: "x"'),
        ((), "a", '3: "a"'),
    ]
    assert not read('{"a": {"a": 1}, "b": {"a": 1}}', "x").duplicates


def test_a_repeated_key_below_a_merge_key_belongs_to_the_mapping_that_merges() -> None:
    document = read("a:\n  <<: {x: 1, x: 2}\n", "x")
    assert document.root == {"a": {"x": 2}}
    assert [(found.route, found.key) for found in document.duplicates] == [(("a",), "x")]


def test_a_value_from_a_merge_is_no_repetition() -> None:
    assert not read("a: &a {x: 1}\nb: {<<: *a, x: 2}\n", "x").duplicates


def test_a_tagged_node_has_no_step_of_its_own() -> None:
    document = read("a: !Sub ['${x}', {x: !Ref y}]", "x")
    assert document.root == {"a": Tagged("!Sub", ["${x}", {"x": Tagged("!Ref", "y")}])}
    assert marked(document, document.span(("a",))) == "1: a"
    assert marked(document, document.span(("a", 1, "x"))) == "1: !Ref y"


LITERAL = """\
spec: !Sub |
  phases:
    build:

      - npm ci
after: x
"""


def test_a_line_of_a_literal_block_is_its_own_source_line() -> None:
    for text in (LITERAL, LITERAL.replace("\n", "\r\n")):
        document = read(text, "x")
        lines = [document.content_line(("spec",), index) for index in range(6)]
        assert lines == [Span(2, 3, 2, 10), Span(3, 3, 3, 11), Span(4, 1, 4, 1), Span(5, 3, 5, 15), None, None]


def test_a_line_of_a_folded_block_may_cover_several_source_lines() -> None:
    document = read("a: >-\n  one\n  two\n\n  three\n    four\n  five\n", "x")
    assert document.root == {"a": "one two\nthree\n  four\nfive"}
    spans = [document.content_line(("a",), index) for index in range(4)]
    assert spans == [Span(2, 3, 3, 6), Span(5, 3, 5, 8), Span(6, 3, 6, 9), Span(7, 3, 7, 7)]


def test_a_line_of_a_quoted_text_ends_at_its_escape() -> None:
    for text in ('a: "npm ci\\nnpm test\\n"', '{"a":"npm ci\\nnpm test\\n"}'):
        document = read(text, "x")
        spans = [document.content_line(("a",), index) for index in range(4)]
        assert spans == [Span(1, 5, 1, 11), Span(1, 13, 1, 21), Span(1, 23, 1, 23), None] if text[0] == "a" else [
            Span(1, 7, 1, 13), Span(1, 15, 1, 23), Span(1, 25, 1, 25), None
        ]  # fmt: skip


def test_the_lines_of_an_alias_are_those_of_the_text_it_repeats() -> None:
    document = read("a: &x |\n  one\n  two\nb: *x\n", "x")
    assert document.content_line(("b",), 1) == Span(3, 3, 3, 6)


def test_a_value_line_whose_place_is_not_exact_has_none() -> None:
    document = read("a: |\n  one\u2028  two\nb: [x]\n", "x")
    assert document.root == {"a": "one\u2028two\n", "b": ["x"]}
    assert document.content_line(("a",), 0) is None
    assert document.content_line(("b",), 0) is None
    assert document.content_line(("c",), 0) is None
