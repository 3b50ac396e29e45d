"""What a folder stands for: by content, without what git ignores, and never in a loop."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipecheck.loaders.discover import Candidate, PassedOver, candidates
from pipecheck.syntax.limits import Limits

TEMPLATE = "Resources: {P: {Type: AWS::CodePipeline::Pipeline}}"


def write(folder: Path, **files: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text)


def found(folder: Path, *exclude: str) -> list[str]:
    return [
        Path(entry.uri).relative_to(folder).as_posix()
        for entry in candidates(folder, exclude)
        if isinstance(entry, Candidate)
    ]


def notes(folder: Path) -> dict[str, str]:
    return {Path(entry.uri).name: entry.why for entry in candidates(folder) if isinstance(entry, PassedOver)}


def test_by_content_and_not_by_name(tmp_path: Path) -> None:
    write(tmp_path, pipeline_txt=TEMPLATE, other_yaml="a: 1", noext=TEMPLATE)
    assert found(tmp_path) == ["noext", "pipeline.txt"]


def test_names_start_with_the_folder_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "infra", a_yaml=TEMPLATE)
    monkeypatch.chdir(tmp_path)
    assert [entry.uri for entry in candidates(Path("infra"))] == ["infra/a.yaml"]
    assert [entry.uri for entry in candidates(Path())] == ["infra/a.yaml"]


def test_what_git_ignores_is_left_out_except_the_output_of_cdk(tmp_path: Path) -> None:
    write(tmp_path, _gitignore="build/\n*.json\n!keep.json\ncdk.out\n")
    write(tmp_path / "build", a_yaml=TEMPLATE)
    write(tmp_path / "cdk.out", a_json=TEMPLATE)
    write(tmp_path, drop_json=TEMPLATE, keep_json=TEMPLATE)
    assert found(tmp_path) == ["cdk.out/a.json", "keep.json"]


def test_the_ignores_above_the_folder_count_inside_a_repository(tmp_path: Path) -> None:
    write(tmp_path, _gitignore="infra/old\n")
    write(tmp_path / "infra" / "old", a_yaml=TEMPLATE)
    assert found(tmp_path / "infra") == ["old/a.yaml"]
    (tmp_path / ".git").mkdir()
    assert found(tmp_path / "infra") == []


def test_exclude_takes_globs(tmp_path: Path) -> None:
    write(tmp_path / "a", x_yaml=TEMPLATE)
    write(tmp_path / "b", x_yaml=TEMPLATE, y_yaml=TEMPLATE)
    assert found(tmp_path, "a/", "y.yaml") == ["b/x.yaml"]


def test_links_hidden_folders_and_special_files_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path / ".hidden", a_yaml=TEMPLATE)
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "gone").symlink_to(tmp_path / "nothing")
    os.mkfifo(tmp_path / "pipe")
    assert found(tmp_path) == []
    assert notes(tmp_path) == {
        ".hidden": "is a hidden folder",
        "loop": "is a link to a folder",
        "gone": "No such file or directory",
        "pipe": "is not a regular file",
    }


def test_a_file_over_the_limit_is_passed_over(tmp_path: Path) -> None:
    with (tmp_path / "large.yaml").open("wb") as file:
        file.write(TEMPLATE.encode())
        file.truncate(Limits().bytes + 1)
    assert found(tmp_path) == []
    assert list(notes(tmp_path)) == ["large.yaml"]
