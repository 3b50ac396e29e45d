import json

import pytest
import yaml

from pipecheck.report.redaction import Redaction, printable


@pytest.mark.parametrize("secret", ["hunter2", 'p"ss/w\\rd', "it's", "pässwörd", "key🚀", "a b", "$.*+?(x)[y]{2}^|#"])
def test_a_secret_is_masked_in_every_spelling(secret: str) -> None:
    redaction = Redaction({secret})
    spellings = [
        secret,
        json.dumps(secret),
        json.dumps(secret, ensure_ascii=False),
        json.dumps(secret).replace("/", "\\/"),
        yaml.safe_dump(secret, default_style="'", allow_unicode=True),
        yaml.safe_dump(secret, default_style='"'),
        yaml.safe_dump(secret, default_style='"', allow_unicode=True),
    ]
    for spelling in spellings:
        assert redaction.line(f"k: {spelling.strip()} end") in ("k: *** end", 'k: "***" end', "k: '***' end")


def test_a_secret_is_masked_where_it_is_wrapped_over_indented_lines() -> None:
    redaction = Redaction({"-----BEGIN KEY-----\nAbC+/=\n-----END KEY-----\n"})
    assert (
        redaction.block("Key: |\n    -----BEGIN KEY-----\n    AbC+/=\n    -----END KEY-----\nB: 1")
        == "Key: |\n    ***\nB: 1"
    )
    assert redaction.line(r'"Key": "-----BEGIN KEY-----\nAbC+\/=\n-----END KEY-----\n"') == r'"Key": "***\n"'


def test_overlapping_secrets_leave_nothing_of_either() -> None:
    assert Redaction({"abcd", "cdef"}).line("<abcdef>") == "<***>"
    assert Redaction({"abc", "abcdef"}).line("<abcdef>") == "<***>"
    assert Redaction({"abc", "def"}).line("<abcdef> abc") == "<***> ***"


def test_secrets_without_a_character_mask_nothing() -> None:
    redaction = Redaction({"", " \n"})
    assert not redaction.masks
    assert redaction.line("a b") == "a b"


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("\x1b]8;;https://example.com\x07link", "␛]8;;https://example.com␇link"),
        ("a\nb\r\nc", "a␊b␍␊c"),
        ("\x9b31m", "\ufffd31m"),
        ("\x7f", "␡"),
        ("ok\u202eLIAF", "ok\ufffdLIAF"),
        ("\u2066a\u2069\u200f", "\ufffda\ufffd\ufffd"),
        ("a\u2028b\u2029c\x85d", "a\ufffdb\ufffdc\ufffdd"),
        ("alias/aws\u200b/s3", "alias/aws\ufffd/s3"),
        ("\ud800\uffff", "\ufffd\ufffd"),
        ("a\tb", "a b"),
        ("日本語 🚀 é", "日本語 🚀 é"),
    ],
)
def test_what_would_move_hide_or_reorder_text_is_replaced(hostile: str, shown: str) -> None:
    assert Redaction(()).line(hostile) == shown


def test_replacing_keeps_the_length_so_that_columns_stay_right() -> None:
    hostile = "".join(map(chr, range(0x3000)))
    assert len(printable(hostile)) == len(hostile)


def test_a_block_keeps_its_lines_and_nothing_else_that_moves_the_cursor() -> None:
    assert Redaction(()).block("a\r\nb\x1b\rc") == "a\nb␛\nc"


def test_a_long_text_is_cut() -> None:
    assert Redaction(()).line("x" * 70_000, 10) == "xxxxxxxxx…"
    assert Redaction(()).line("x" * 10, 10) == "xxxxxxxxxx"
