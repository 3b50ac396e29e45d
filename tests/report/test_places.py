from pathlib import PurePosixPath, PureWindowsPath

import pytest

from pipecheck.report.places import absolute, file_uri, relative_uri


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a/b.yaml", "a/b.yaml"),
        ("./a//b.yaml", "a/b.yaml"),
        ("my shop/ü#?%.yaml", "my%20shop/%C3%BC%23%3F%25.yaml"),
        ("a:b.yaml", "a%3Ab.yaml"),
        ("latin-\udce9.yaml", "latin-%E9.yaml"),
        ("<stdin>", "%3Cstdin%3E"),
    ],
)
def test_a_relative_path_is_a_relative_reference(path: str, uri: str) -> None:
    assert relative_uri(path) == uri


def test_an_absolute_path_is_a_file_uri() -> None:
    assert file_uri(PurePosixPath("/home/a b/ü.yaml")) == "file:///home/a%20b/%C3%BC.yaml"
    assert file_uri(PureWindowsPath(r"C:\shop\a b.yaml")) == "file:///C:/shop/a%20b.yaml"


def test_a_relative_name_starts_from_the_base() -> None:
    base = PurePosixPath("/home/shop")
    assert absolute("../keys/./a.yaml", base) == PurePosixPath("/home/keys/a.yaml")
    assert absolute("/etc/a.yaml", base) == PurePosixPath("/etc/a.yaml")
    assert absolute("a.yaml", None) is None
