"""Hostile inputs beside a good one: one clear message each, soon, and the good one is scanned."""

from __future__ import annotations

import json
import os
import resource
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.test_scan import FAILING, pipecheck

pytestmark = pytest.mark.skipif(os.name != "posix", reason="measures the time of child processes")

TEMPLATE = "Resources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties:\n      X: "
DEEP = 10_000
ROLES = {f"R{i}": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": {"Ref": f"R{i + 1}"}}} for i in range(450)}


def laughs() -> str:
    lines = "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 12))
    return f"{TEMPLATE}1\na0: &a0 [x]\n{lines}"


def functions(function: Callable[[object], object]) -> str:
    made: object = "y"
    for _ in range(60):
        made = function(made)
    pipeline = {"Type": "AWS::CodePipeline::Pipeline", "Properties": {"Name": made, "Stages": []}}
    conditions = {"C": {"Fn::Equals": [{"Ref": "AWS::Region"}, "x"]}}
    return json.dumps({"Conditions": conditions, "Resources": {"P": pipeline}})


def seconds_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def scanned(folder: Path, *arguments: str) -> tuple[int, str]:
    """The exit code and stderr of a scan that finds what is wrong with the good pipeline."""
    (folder / "pipeline.yaml").write_text(FAILING)
    before = seconds_of_children()
    result = pipecheck("scan", *arguments, cwd=folder)
    assert seconds_of_children() - before < 2.5
    assert "source-oauth-v1" in result.stdout
    assert "Traceback" not in result.stderr
    return result.returncode, result.stderr


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        pytest.param("a.yaml", laughs(), "(limit: expansion)", id="alias bomb"),
        pytest.param("a.yaml", TEMPLATE + "\n" + "".join(" " * (7 + i) + "a:\n" for i in range(1000)), "(limit: depth)", id="deep YAML"),  # noqa: E501
        pytest.param("a.yaml", TEMPLATE + "[" * DEEP + "]" * DEEP, "maximum nesting depth", id="deep flow"),
        pytest.param("a.yaml", TEMPLATE + "\n        " + "- " * DEEP + "x", "(limit: depth)", id="deep list"),
        pytest.param("a.json", '{"Resources": {"B": {"Type": "AWS::S3::Bucket", "X": ' + '{"a":' * DEEP + "1" + "}" * (DEEP + 3), "(limit: depth)", id="deep JSON"),  # noqa: E501
        pytest.param("a.json", functions(lambda e: {"Fn::If": ["C", e, "x"]}), "(limit: evaluation)", id="deep If"),
        pytest.param("a.json", functions(lambda e: {"Fn::Sub": ["${x}", {"x": e}]}), "(limit: evaluation)", id="deep Sub"),  # noqa: E501
        pytest.param("a.json", functions(lambda e: {"Fn::Join": ["", [e]]}), "(limit: evaluation)", id="deep Join"),
        pytest.param("a.json", json.dumps({"Resources": ROLES}), "(limit: evaluation)", id="a chain of roles"),
        pytest.param("a.yaml", TEMPLATE + "\0", "is not a text file", id="binary"),
    ],
)  # fmt: skip
def test_it_is_one_message_and_the_rest_is_scanned(tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / name).write_text(text)
    code, errors = scanned(tmp_path)
    assert code == 3
    assert errors.count("error:") == 1
    assert errors.startswith(f"error: {name}")
    assert message in errors


def test_conditions_that_explode_are_not_waited_for(tmp_path: Path) -> None:
    count = 60
    names = [str(i) for i in range(count)]
    stages = [{"Fn::If": [f"C{i}", {"Name": f"s{i}", "Actions": []}, {"Ref": "AWS::NoValue"}]} for i in names]
    pipeline = {"Type": "AWS::CodePipeline::Pipeline", "Properties": {"Name": "x", "Stages": stages}}
    template = {
        "Parameters": {f"P{i}": {"Type": "String"} for i in names},
        "Conditions": {f"C{i}": {"Fn::Equals": [{"Ref": f"P{i}"}, "a"]} for i in names},
        "Resources": {"P": pipeline},
    }
    (tmp_path / "a.json").write_text(json.dumps(template))
    assert scanned(tmp_path)[0] == 1


def test_a_file_of_50_megabytes_is_passed_over_in_a_folder_and_an_error_by_name(tmp_path: Path) -> None:
    with (tmp_path / "large.yaml").open("w") as file:
        file.write(TEMPLATE)
        file.truncate(50_000_000)
    assert scanned(tmp_path) == (1, "")
    assert "large.yaml is larger than" in scanned(tmp_path, "--verbose")[1]
    code, errors = scanned(tmp_path, "large.yaml", "pipeline.yaml")
    assert code == 3
    assert errors.startswith("error: large.yaml: is larger than")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no device without an end")
def test_a_device_without_an_end_is_one_message(tmp_path: Path) -> None:
    code, errors = scanned(tmp_path, "/dev/zero", "pipeline.yaml")
    assert code == 3
    assert errors.startswith("error: /dev/zero: is larger than")


def test_links_in_circles_and_special_files_are_passed_over_with_a_note(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self.yaml").symlink_to(tmp_path / "self.yaml")
    (tmp_path / "nowhere.yaml").symlink_to(tmp_path / "none")
    os.mkfifo(tmp_path / "pipe.yaml")
    code, errors = scanned(tmp_path, "--verbose")
    assert code == 1
    for note in ("folder/up is a link to a folder", "self.yaml", "nowhere.yaml", "pipe.yaml is not a regular file"):
        assert f"note: passed over: {note}" in errors


def test_a_link_to_itself_that_is_named_is_one_message(tmp_path: Path) -> None:
    (tmp_path / "self.yaml").symlink_to(tmp_path / "self.yaml")
    code, errors = scanned(tmp_path, "self.yaml", "pipeline.yaml")
    assert code == 3
    assert errors.startswith("error: self.yaml: cannot be read: Too many levels of symbolic links")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_passed_over_in_a_folder_and_an_error_by_name(tmp_path: Path) -> None:
    (tmp_path / "closed.yaml").write_text(TEMPLATE)
    (tmp_path / "closed.yaml").chmod(0)
    assert "note: passed over: closed.yaml Permission denied" in scanned(tmp_path, "--verbose")[1]
    code, errors = scanned(tmp_path, "closed.yaml", "pipeline.yaml")
    assert code == 3
    assert errors == "error: closed.yaml: cannot be read: Permission denied\n"
