"""What is checked when an expression is compiled: names, fields, types, arguments and patterns."""

import pytest

from pipecheck.rules.cel import ExpressionError, compile_path
from tests.rules.things import SCOPE, condition


@pytest.mark.parametrize(
    ("text", "column", "said", "help"),
    [
        ("crat.name == 'a'", 1, "there is no crat here", "did you mean crate?"),
        ("crate.nam == 'a'", 7, "a Crate has no field nam", "did you mean name?"),
        ("crate.parts.all(p, p.labelText == 'a')", 22, "a Part has no field labelText", "did you mean label?"),
        ("crate.label.txt == 'a'", 13, "a Label has no field txt", "did you mean text?"),
        ("crate.place == 'a'", 7, "no field place", ""),
        ("crate.name.text == 'a'", 12, "a text has no fields", ""),
        ("params.limits == 1", 8, "the rule has no parameter limits", "did you mean limit?"),
        ("crate.name == 1", 12, "compares two texts, numbers or booleans; found a text and a whole number", ""),
        ("crate.label == 'a'", 13, "found a Label and a text", "compare a field of it"),
        ("crate.marks == ['a']", 13, "found a list and a list", "ask about elements with all, exists or in"),
        ("1 == 1.0", 3, "found a whole number and a number with a fraction", ""),
        ("crate.sealed < true", 14, "compares two numbers or texts", ""),
        ("crate.name < 3", 12, "compares two numbers or texts", ""),
        ("crate.name", 7, "expected true or false, found a text", ""),
        ("crate.name && true", 7, "expected true or false, found a text", ""),
        ("!crate.weight", 8, "expected true or false, found a whole number", ""),
        ("1 in crate.marks", 3, "in takes a text or number and a list of such", ""),
        ("crate.name in 'abc'", 12, "in takes", ""),
        ("crate.name + 1 == 'a'", 12, "expected two of the same type", ""),
        ("true + false", 6, "+ adds numbers, texts or lists", ""),
        ("['a', 1].exists(x, true)", 1, "expected two of the same type", ""),
        ("crate.name.all(x, true)", 12, "all goes over a list, found a text", ""),
        ("crate.parts.all(p, p.name)", 22, "expected true or false, found a text", ""),
        ("crate.parts.all(p, true) && p.sealed", 29, "there is no p here", ""),
        ("crate.name[0] == 'a'", 11, "takes a list and a whole number", ""),
        ("crate.marks['a'] == 'a'", 12, "takes a list and a whole number", ""),
        ("size(crate.weight) == 1", 1, "size takes a text or a list", ""),
        ("crate.name.size(1) == 1", 12, "size takes 0 arguments, found 1", ""),
        ("crate.name.startsWith()", 12, "startsWith takes 1 arguments, found 0", ""),
        ("crate.weight.contains('a')", 7, "contains asks about texts, found a whole number", ""),
        ("crate.name.contains(1)", 21, "contains asks about texts", ""),
        ("crate.name.matches(params.word)", 27, "must be written out", ""),
        ("crate.name.matches('a(')", 20, "no regular expression", ""),
        ("crate.name.starts_with('a')", 12, "no function starts_with", "did you mean startsWith?"),
        ("startsWith(crate.name, 'a')", 1, "no function startsWith of this form", "write text.startsWith(…)"),
        ("exists(crate.parts, p)", 1, "no function exists of this form", "write list.exists(x, …)"),
        ("is_heavy()", 1, "is_heavy takes 1 arguments, found 0", ""),
        ("is_heavy(crate)", 10, "is_heavy takes a Part here, found a Crate", ""),
        ("is_heavy(crate.parts[0])", 21, "takes a Part that is certainly there", ""),
        ("crate.is_heavy()", 7, "no function is_heavy of this form", "without anything before it"),
        ("true ? 'a' : 1", 6, "expected two of the same type", ""),
        ("true ? crate.settings : crate.settings", 6, "chooses between", ""),
    ],
)
def test_a_mistake_is_named_at_its_column(text: str, column: int, said: str, help: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        condition(text)
    assert said in caught.value.message
    assert caught.value.column == column
    assert help in "".join(caught.value.help)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("'a'", "no place of its own"),
        ("params.words", "a path that begins with the subject"),
        ("crate.marks.filter(m, true)", "a path that begins with the subject"),
        ("crate.nam", "no field nam"),
    ],
)
def test_a_place_is_a_path_into_the_model(text: str, said: str) -> None:
    with pytest.raises(ExpressionError, match=said):
        compile_path(text, SCOPE)


def test_deep_trees_are_refused_and_not_crashed_on() -> None:
    text = "crate.sealed"
    for _ in range(39):
        text = f"({text} == true" + " == true" * 30 + ")"
    with pytest.raises(ExpressionError, match="nested too deeply"):
        condition(text)
