"""Regular expressions: what RE2 and Python share, and nothing else."""

import pytest

from pipecheck.rules.cel.errors import ExpressionError
from pipecheck.rules.cel.regex import compile_pattern


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?=a)", r"(?!a)", r"(?<=a)", r"(?<!a)", r"(a)\1", r"(?P<x>a)(?P=x)", r"(a)?(?(1)b|c)", r"(?#c)a", r"(?>a)",
        r"a*+", r"a++", r"a?+", r"a{2}+", r"a\Z", r"\u00e9", r"\N{DASH}", r"[[:alpha:]]", r"[a--b]", r"[a&&b]",
        r"(?x)a b", r"(?a)\w", r"a{,3}", r"(?i-x:a)",
    ],
)  # fmt: skip
def test_what_one_of_the_two_lacks_is_refused(pattern: str) -> None:
    with pytest.raises(ExpressionError, match="not part of the regular expressions of rules") as caught:
        compile_pattern(pattern, 7)
    assert caught.value.offset == 7


@pytest.mark.parametrize("pattern", ["(", "[", "a**", r"\p", "(?<x>a)", "*"])
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(ExpressionError, match="is no regular expression"):
        compile_pattern(pattern, 0)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("b", "abc", True),
        ("^b", "abc", False),
        ("a$", "a\n", False),
        (r"a\z", "a", True),
        (r"[$]", "$", True),
        (r"\$", "$", True),
        (r"(?m)a$", "a\nb", True),
        (r"\d", "٣", False),
        (r"[\[\]]", "[", True),
        (r"[]a]", "]", True),
        (r"[^]a]", "]", False),
        (r"(?i)ABC", "abc", True),
        (r"(?P<x>a)", "a", True),
        (r"(?:a|b){2,3}", "ab", True),
        (r"a+?b", "aab", True),
        (r"\.\+", ".+", True),
    ],
)
def test_patterns_are_found_as_re2_finds_them(pattern: str, text: str, found: bool) -> None:
    assert (compile_pattern(pattern, 0).search(text) is not None) is found
