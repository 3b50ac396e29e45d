"""The expected hashes are those of the tests of GitHub's own upload action.

https://github.com/github/codeql-action/blob/06fb4821bc5072ed100eda4cf20691ae907c5913/src/fingerprints.test.ts
"""

import pytest

from pipecheck.report.line_hash import LineHashes

GREETING = ["e9496ae3ebfced30", "fb7c023a8b9ccb3f", "ce8ba1a563dcdaca", "e20e36e16fcb0cc8", "b3edc88f2938467e"]
GREETING += ["c8e28b0b4002a3a0", "c129715d7a2bc9a3"]
UNENDED = ["8b7cf3e952e7aeb2", "b1ae1287ec4718d9", "bff680108adb0fcc", "c6805c5e1288b612", "b86d3392aea1be30"]
UNENDED += ["e6ceba753e1a442"]
ABCD = ["271789c17abda88f", "54703d4cd895b18", "180aee12dab6264", "a23a3dc5e078b07b"]


@pytest.mark.parametrize(
    ("text", "hashes"),
    [
        ("", ["c129715d7a2bc9a3"]),
        (" a\nb\n  \t\tc\n d", ABCD),
        (" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End", UNENDED),
        (" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", GREETING),
        (" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r", GREETING),
        (" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n", GREETING),
        (" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n", GREETING),
    ],
)
def test_lines_have_the_hashes_that_github_gives_them(text: str, hashes: list[str]) -> None:
    made = LineHashes(text)
    assert [made.of(line) for line in range(1, len(hashes) + 1)] == [f"{value}:1" for value in hashes]
    assert made.of(0) is None
    assert made.of(len(hashes) + 1) is None


def test_equal_lines_are_told_apart_by_their_number() -> None:
    made = LineHashes("Lorem ipsum dolor sit amet.\n" * 10)
    assert [made.of(line) for line in range(1, 12)] == [
        *(f"a7f2ff13bc495cf2:{number}" for number in range(1, 7)),
        "a7f2ff1481e87703:1",
        "a9cf91f7bbf1862b:1",
        "55ec222b86bcae53:1",
        "cc97dc7b1d7d8f7b:1",
        "c129715d7a2bc9a3:1",
    ]


def test_a_character_beyond_the_basic_plane_counts_as_two_units() -> None:
    """As in JavaScript, where the text of a file is UTF-16."""
    assert LineHashes("🚀").of(1) == LineHashes("\ud83d\ude80").of(1)


def test_the_lines_that_a_hash_is_made_from_reach_over_a_hundred_characters() -> None:
    made = LineHashes("0123456789\n" * 20)
    assert made.last_line(1) == 10
    assert LineHashes("x" * 500 + "\nnext").last_line(1) == 1
    assert LineHashes("x" * 99 + "\nnext").last_line(1) == 1
    assert LineHashes("x" * 98 + "\nnext").last_line(1) == 2
