"""AWS credentials in texts."""

from __future__ import annotations

import pytest

from pipecheck.analysis.aws_literals import is_written_out, written_credentials

KEY = "AKIANOTAREALKEYATALL"
WRITTEN = "not-a-real-access-key"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (f"echo {KEY}", [KEY]),
        (f"x\nexport AWS_SECRET_ACCESS_KEY={WRITTEN}", [WRITTEN]),
        (f'AWS_SECRET_ACCESS_KEY="{WRITTEN}" aws s3 ls', [WRITTEN]),
        (f"aws configure set aws_secret_access_key {WRITTEN}", [WRITTEN]),
        (f"aws configure set profile.x.aws_secret_access_key '{WRITTEN}'", [WRITTEN]),
        (f"aws_secret_access_key = {WRITTEN}", [WRITTEN]),
        (f"AWS_ACCESS_KEY_ID={KEY} AWS_SESSION_TOKEN={WRITTEN}", [KEY, WRITTEN]),
        ("AKIAIOSFODNN7EXAMPLE", []),
        ("AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", []),
        (f"X{KEY} {KEY}X", []),
        ("export AWS_SECRET_ACCESS_KEY=$(cat key) AWS_ACCESS_KEY_ID=${ID} AWS_SESSION_TOKEN=`cat t`", []),
        ("AWS_ACCESS_KEY_ID= make", []),
        ("export AWS_SECRET_ACCESS_KEY=\nmake", []),
        ("unset AWS_SECRET_ACCESS_KEY", []),
        ("MY_AWS_SECRET_ACCESS_KEY_NAME=shop", []),
    ],
)
def test_credentials_that_are_written_out(text: str, values: list[str]) -> None:
    assert [found.value for found in written_credentials(text)] == values


def test_the_line_of_a_credential() -> None:
    [found] = written_credentials(f"set -e\n\n  export AWS_ACCESS_KEY_ID={KEY}\n")
    assert found.line == 2


@pytest.mark.parametrize(
    "value", ["", "  ", "test", "local-dummy", "xxxxxxxx", "****", "<key>", "{{resolve:x}}", "changeme"]
)
def test_what_stands_for_a_credential_is_none(value: str) -> None:
    assert not is_written_out(value)


def test_a_word_in_a_real_one_does_not_make_it_a_dummy() -> None:
    assert is_written_out("test+" + "aB3/" * 9)
