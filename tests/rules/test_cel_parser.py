"""Text to tree: precedence, literals, and mistakes at their column."""

import pytest

from pipecheck.rules.cel.errors import ExpressionError
from pipecheck.rules.cel.parser import conjuncts, parse
from pipecheck.rules.cel.tree import All, Any, Comparison, Conditional, Constant, Name, Node, Not, Select, Sum


def shape(node: Node) -> str:
    """The tree with every operator in parentheses."""
    match node:
        case Constant(value):
            return repr(value)
        case Name(name):
            return name
        case Select(operand, field):
            return f"{shape(operand)}.{field}"
        case Not(operand):
            return f"!{shape(operand)}"
        case All(operands):
            return f"({' && '.join(map(shape, operands))})"
        case Any(operands):
            return f"({' || '.join(map(shape, operands))})"
        case Sum(operands):
            return f"({' + '.join(map(shape, operands))})"
        case Comparison(operator, left, right):
            return f"({shape(left)} {operator} {shape(right)})"
        case Conditional(condition, positive, negative):
            return f"({shape(condition)} ? {shape(positive)} : {shape(negative)})"
        case _:
            raise AssertionError(node)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a || b && c", "(a || (b && c))"),
        ("(a || b) && c", "((a || b) && c)"),
        ("!a && b", "(!a && b)"),
        ("!!a", "!!a"),
        ("a == b + c && d", "((a == (b + c)) && d)"),
        ("a ? b : c ? d : e", "(a ? b : (c ? d : e))"),
        ("a < b == c", "((a < b) == c)"),
        ("a in b", "(a in b)"),
        ("a.b.if", "a.b.if"),
        ("-1 + 2", "(-1 + 2)"),
        ("a // all the rest\n && b", "(a && b)"),
    ],
)
def test_operators_bind_as_cel_says(text: str, expected: str) -> None:
    assert shape(parse(text)) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('"a"', "a"),
        ("'it\"s'", 'it"s'),
        (r'"\n\t\\\"\'\x41é\U0001F600\101"', "\n\t\\\"'Aé😀A"),
        (r'r"a\d"', r"a\d"),
        (r"R'\a'", r"\a"),
        ('"""a\n"b" c"""', 'a\n"b" c'),
        ("r'''\\d'''", r"\d"),
        ('""', ""),
        ("12", 12),
        ("0x1F", 31),
        ("-9223372036854775808", -(2**63)),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("true", True),
        ("false", False),
    ],
)
def test_literals(text: str, value: object) -> None:
    node = parse(text)
    assert isinstance(node, Constant)
    assert node.value == value
    assert type(node.value) is type(value)


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("", 1, "expected a value, found the end"),
        ("a &", 3, "'&'"),
        ("a & b", 3, "'&'"),
        ("a == ", 6, "found the end"),
        ("a = b", 3, "'='"),
        ("a b", 3, "expected an operator or the end, found 'b'"),
        ("(a", 3, "expected ')'"),
        ("a.", 3, "the name of a field"),
        ("a.true", 3, "the name of a field"),
        ('"abc', 1, "not closed"),
        ('"a\nb"', 1, "not closed"),
        (r'x == "a\d"', 8, r"\d is no escape sequence"),
        (r'"\uD800"', 2, "no escape sequence"),
        (r"a == r'\'", 6, "a raw text cannot end in a backslash"),
        ("12px", 1, "'12p' is no number"),
        ("1u", 1, "is no number"),
        ("9223372036854775808", 1, "64 bits"),
        ("99999999999999999999999", 1, "64 bits"),
        ("null", 1, "expected a value"),
        ("{'a': 1}", 1, "expected a value"),
        ("b'a'", 1, "bytes"),
        ("a - b", 3, "expected an operator of the language of rules, found '-'"),
        ("-a", 2, "a number after the minus"),
        ("has(a)", 1, "has takes a field"),
        ("has(a.b, c.d)", 1, "has takes a field"),
        ("a.all(b)", 3, "all takes a name and an expression"),
        ("a.all(b.c, d)", 7, "all takes a name first"),
        ("a.exists((x), true)", 10, "exists takes a name first"),
        ("while", 1, "reserved"),
        ("a ? b", 6, "expected ':'"),
        ("f(a b)", 5, "expected ')' or ','"),
        ("f(a,)", 5, "expected a value, found ')'"),
        ("(" * 100, 41, "nested too deeply"),
        ("a" + ".b" * 100, 82, "too long"),
        ("§", 1, "'§'"),
    ],
)
def test_a_mistake_is_named_at_its_column(text: str, column: int, said: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert said in caught.value.message
    assert caught.value.column == column


def test_the_help_says_what_to_write_instead() -> None:
    with pytest.raises(ExpressionError) as caught:
        parse("a & b")
    assert caught.value.help == ("write &&",)


def test_conjuncts_are_the_texts_that_and_joins_at_the_top() -> None:
    text = "has(a.b) && (c || d && e) &&\n  !f.g('x && y')"
    assert conjuncts(text) == ("has(a.b)", "(c || d && e)", "!f.g('x && y')")


def test_what_is_not_joined_by_and_is_one_conjunct() -> None:
    assert conjuncts(" a || b && c ") == ("a || b && c",)


def test_many_operands_are_no_nesting() -> None:
    node = parse(" && ".join(["a"] * 5000))
    assert isinstance(node, All)
    assert len(node.operands) == 5000
