"""Which programs a shell text runs."""

from __future__ import annotations

import pytest

from pipecheck.analysis.command_words import programs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("docker build -t x .", ["docker build -t x ."]),
        ("cd site && make || exit 1; ls", ["cd site", "make", "exit 1", "ls"]),
        ("a | b & c", ["a", "b", "c"]),
        ("A=1 B='2 3' sudo make", ["make"]),
        ("if ! test -f x; then ./run.sh; else true; fi", ["test -f x", "./run.sh", "true"]),
        ('echo "docker; $(cat tag)" # docker', ["cat tag", "echo docker; $(…)"]),
        ("echo 'a; b' \"it's\"", ["echo a; b it's"]),
        ("TAG=`git rev-parse HEAD`\npush $TAG", ["git rev-parse HEAD", "push $TAG"]),
        ("$(aws ecr get-login)", ["aws ecr get-login", "$(…)"]),
        ("(cd a; b)\nc", ["cd a", "b", "c"]),
        ("one \\\n  two", ["one two"]),
        ("#docker\n", []),
        ("echo a#b", ["echo a#b"]),
        ("echo 'open", ["echo open"]),
        ('echo "open $(inner', ["inner", "echo open $(…)"]),
    ],
)
def test_programs_and_their_words(text: str, expected: list[str]) -> None:
    assert [" ".join(words) for words in programs(text)] == expected
