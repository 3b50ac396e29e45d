"""What YAML means: scalars, tags, anchors, merge keys."""

import math

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipecheck.errors import InputError
from pipecheck.syntax.document import Tagged
from pipecheck.syntax.read import read
from tests.syntax.reference import comparable, reference_tree

WORDS = [
    word
    for text in ("yes", "no", "true", "false", "on", "off", "null", "y", "n", "none", "inf", "nan")
    for word in (text, text.capitalize(), text.upper(), text[:-1] + text[-1].upper())
]


@pytest.mark.parametrize("word", WORDS)
def test_the_words_of_yaml_mean_what_pyyaml_says(word: str) -> None:
    assert comparable(read(f"a: {word}", "x").root) == comparable({"a": yaml.safe_load(word)})


@given(st.text("0123456789-+._:eExXbBoOaAfFiInN", min_size=1, max_size=9).map(lambda text: "1" + text))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_numbers_are_those_of_pyyaml(text: str) -> None:
    try:
        expected = reference_tree(f"- {text}")
    except (yaml.YAMLError, ValueError):
        return
    assert comparable(read(f"- {text}", "x").root) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0b_", "0b_"),  # PyYAML takes these for numbers and then cannot read them
        ("0x__", "0x__"),
        ("9" * 4301, "9" * 4301),
        ("1" + ":1" * 300 + ".5", "1" + ":1" * 300 + ".5"),
        ("012345670123", 0o12345670123),
        ("012345678901", "012345678901"),
        ("2012-10-17", "2012-10-17"),
        ("2001-12-14 21:59:43", "2001-12-14 21:59:43"),
        ("=", "="),
        ("<<", "<<"),
    ],
)
def test_what_only_looks_like_a_number_or_is_a_date_is_text(text: str, value: object) -> None:
    assert read(f"- {text}", "x").root == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("!!str 12", "12"),
        ("!!str", ""),
        ("!!int '12'", 12),
        ("!!float '3'", 3.0),
        ("!!bool 'Yes'", True),
        ("!!null x", None),
        ("!!binary aGk=", "aGk="),
        ("!!timestamp 2012-10-17", "2012-10-17"),
        ("! 12", 12),
        ("! '12'", 12),  # as in PyYAML; YAML 1.2 would have it text
        ("!<tag:yaml.org,2002:str> 12", "12"),
        ("!!map {a: 1}", {"a": 1}),
        ("!!set {a, b}", {"a": None, "b": None}),
        ("!!seq [a]", ["a"]),
        ("!!omap [a: 1]", [{"a": 1}]),
        ("! [a]", ["a"]),
    ],
)
def test_core_tags_are_applied(text: str, value: object) -> None:
    assert comparable(read(f"- {text}", "x").root) == comparable([value])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("!Ref 12", Tagged("!Ref", "12")),
        ("!Ref", Tagged("!Ref", "")),
        ("!GetAtt [a, b]", Tagged("!GetAtt", ["a", "b"])),
        ("!Sub {a: 1}", Tagged("!Sub", {"a": 1})),
        ("!<tag:example.com,2000:x> 1", Tagged("tag:example.com,2000:x", "1")),
        ("!!python/object/apply:os.system [ls]", Tagged("!!python/object/apply:os.system", ["ls"])),
        ("!!python/name:os.system x", Tagged("!!python/name:os.system", "x")),
    ],
)
def test_other_tags_are_kept_and_never_executed(text: str, value: object) -> None:
    assert read(f"- {text}", "x").root == [value]


def test_a_tag_prefix_that_a_directive_declares_is_written_out() -> None:
    text = "%TAG !e! tag:example.com,2000:\n--- !e!x\na: 1\n"
    assert read(text, "x").root == Tagged("tag:example.com,2000:x", {"a": 1})


def test_keys_are_the_text_that_is_written() -> None:
    text = "1: a\n0x1: b\n1.50: c\nyes: d\n~: e\n123456789012: f\n012345670123: g\n2012-10-17: h\n=: i\n"
    keys = ["1", "0x1", "1.50", "yes", "~", "123456789012", "012345670123", "2012-10-17", "="]
    document = read(text, "x")
    assert isinstance(document.root, dict)
    assert list(document.root) == keys


def test_the_latest_anchor_of_a_name_counts() -> None:
    document = read("- &x 1\n- *x\n- &x [2, &x 3, *x]\n- *x\n", "x")
    assert document.root == [1, 1, [2, 3, 3], 3]


def test_an_alias_of_a_key_has_the_value_of_its_text() -> None:
    assert read("&x 1: a\nb: *x\n? *x\n: c\n", "x").root == {"1": "c", "b": 1}


@pytest.mark.parametrize(
    "text",
    [
        "a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  x: 3\n",
        "a: &a {x: 1, y: 2}\nb:\n  x: 3\n  <<: *a\n",
        "a: &a {x: 1}\nc: &c {x: 2, y: 3}\nb: {<<: [*a, *c]}\n",
        "a: &a {x: 1}\nc: &c {<<: *a, y: 3}\nb: {<<: *c, z: 4}\n",
        "a: &a {x: 1}\nb: {'<<': *a}\n",
        "a: &a {x: 1}\nb: {!!str <<: *a}\n",
        "a: &a {x: 1}\nb: {&k <<: *a}\n",
        "b: {<<: [], <<: {}}\n",
    ],
)
def test_merge_keys_work_as_in_pyyaml(text: str) -> None:
    assert read(text, "x").root == yaml.safe_load(text)


def test_the_last_of_several_merged_values_of_a_key_counts() -> None:
    """As of duplicate keys elsewhere; PyYAML took the last one up to 6.0.3 and takes the first one since 6.0.4."""
    assert read("b: {<<: {x: 1}, <<: {x: 2, y: 3}}\n", "x").root == {"b": {"x": 2, "y": 3}}
    assert read("b: {<<: {x: 1, x: 2}, y: 1}\n", "x").root == {"b": {"x": 2, "y": 1}}


@pytest.mark.parametrize("value", ["3", "~", "[1]", "!x {}", "[{}, !x {}]"])
def test_only_mappings_can_be_merged(value: str) -> None:
    with pytest.raises(InputError, match=r"a merge key \(<<\) takes a mapping or a list of mappings") as caught:
        read(f"a:\n  <<: {value}\n", "x")
    assert (caught.value.line, caught.value.column) == (2, 7)


def test_not_a_number_is_a_float() -> None:
    document = read("[.nan]", "x", "yaml")
    assert isinstance(document.root, list)
    assert math.isnan(document.root[0])
