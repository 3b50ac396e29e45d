"""The action as a workflow uses it: its steps run under bash, and a server of our own stands in for GitHub."""

import base64
import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from tests.checkout import ROOT
from tests.github.repository import Origin, check_out, environment, payload, pull_request
from tests.github.server import Call, GitHub, serving
from tests.github.workflow import Ran, Refused, run_action
from tests.report.hostile import HOSTILE

WEBSHOP = {
    path.relative_to(ROOT / "fixtures" / "webshop").as_posix(): path.read_text("utf-8")
    for path in sorted((ROOT / "fixtures" / "webshop").rglob("*"))
    if path.is_file()
}
ADMINISTRATOR = "      ManagedPolicyArns:\n        - arn:aws:iam::aws:policy/AdministratorAccess\n"
BUILD_ROLE = "      RoleName: webshop-build\n"
ROLES = WEBSHOP["roles.yaml"]
WORSE = ROLES.replace(BUILD_ROLE, BUILD_ROLE + ADMINISTRATOR)
WORSE_LINE = 1 + WORSE[: WORSE.index(BUILD_ROLE + ADMINISTRATOR)].count("\n") + 2


@pytest.fixture
def github() -> Iterator[GitHub]:
    with serving() as running:
        yield running


def step_of(
    tmp_path: Path, origin: Origin, github: GitHub, *, source: str = "octo/webshop", below: str = "."
) -> dict[str, str]:
    workspace = tmp_path / "workspace"
    workspace.mkdir(exist_ok=True)
    check_out(origin, origin.merge, workspace / below)
    return environment(tmp_path, workspace, "pull_request", origin.merge, payload(origin, source=source), github)


def push_of(tmp_path: Path, files: Mapping[str, str | None], github: GitHub, event: str = "push") -> dict[str, str]:
    origin = pull_request(tmp_path / "origin", files, {})
    workspace = check_out(origin, origin.base, tmp_path / "workspace")
    return environment(tmp_path, workspace, event, origin.base, {}, github)


@pytest.fixture
def worse(tmp_path: Path) -> Origin:
    return pull_request(tmp_path / "origin", WEBSHOP, {"roles.yaml": WORSE})


def annotations(call: Call) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = call.body["output"]["annotations"]
    return found


def test_a_new_defect_is_one_annotation_on_its_line(tmp_path: Path, worse: Origin, github: GitHub) -> None:
    ran = run_action(ROOT, {}, step_of(tmp_path, worse, github))

    (call,) = github.made("POST", "check-runs")
    (annotation,) = annotations(call)
    assert annotation["path"] == "roles.yaml"
    assert annotation["start_line"] == annotation["end_line"] == WORSE_LINE
    line = WORSE.splitlines()[WORSE_LINE - 1]
    assert line[annotation["start_column"] - 1 : annotation["end_column"] - 1] == line.strip().removeprefix("- ")
    assert annotation["annotation_level"] == "failure"
    assert call.body["head_sha"] == worse.head
    assert call.body["conclusion"] == "failure"
    assert call.token == "token-of-the-job"  # noqa: S105
    assert not ran.succeeded
    assert ran.annotations == []
    assert (ran.outputs["exit-code"], ran.outputs["new-findings"]) == ("1", "1")
    assert int(ran.outputs["findings"]) > 1
    assert "pipecheck: 1 new finding" in ran.summary
    assert f"https://github.example/octo/webshop/blob/{worse.head}/roles.yaml#L{WORSE_LINE}" in ran.summary
    assert "https://github.example/octo/pipecheck/blob/v1/docs/rules/iam-admin-policy.md" in ran.summary
    assert ran.exported == ""
    report = json.loads(Path(ran.outputs["json-file"]).read_text("utf-8"))
    assert report["schema"] == "pipecheck/report/v1"
    assert json.loads(Path(ran.outputs["sarif-file"]).read_text("utf-8"))["version"] == "2.1.0"


def user_seconds() -> float:
    """What the programs that have ended so far have worked, whatever else the machine does."""
    return os.times().children_user


@pytest.mark.parametrize(
    "change",
    [{"roles.yaml": ROLES.replace(ADMINISTRATOR, "")}, {"README.md": "words"}],
    ids=["a defect is mended", "an unrelated file"],
)
def test_what_makes_nothing_worse_says_nothing(
    tmp_path: Path, change: Mapping[str, str | None], github: GitHub
) -> None:
    assert ADMINISTRATOR in ROLES
    origin = pull_request(tmp_path / "origin", WEBSHOP, change)
    start = user_seconds()
    ran = run_action(ROOT, {}, step_of(tmp_path, origin, github))

    assert ran.succeeded, ran.log
    assert ran.annotations == []
    assert github.calls == []
    assert (ran.outputs["exit-code"], ran.outputs["new-findings"]) == ("0", "0")
    assert user_seconds() - start < 2


def test_a_fork_gets_workflow_commands_and_no_calls(tmp_path: Path, worse: Origin, github: GitHub) -> None:
    ran = run_action(ROOT, {}, step_of(tmp_path, worse, github, source="somebody/webshop"))

    (annotation,) = ran.annotations
    assert annotation.name == "error"
    assert annotation.properties["file"] == "roles.yaml"
    assert annotation.properties["line"] == str(WORSE_LINE)
    assert github.calls == []
    assert ran.outputs["exit-code"] == "1"


@pytest.mark.parametrize(("wanted", "notices"), [("auto", 0), ("checks", 1)])
def test_without_the_permission_workflow_commands_stand_in(
    tmp_path: Path, worse: Origin, github: GitHub, wanted: str, notices: int
) -> None:
    github.refused["check-runs"] = 403
    ran = run_action(ROOT, {"annotations": wanted}, step_of(tmp_path, worse, github))

    assert len(github.made("POST", "check-runs")) == 1
    assert [one.properties["line"] for one in ran.annotations if one.name == "error"] == [str(WORSE_LINE)]
    assert len([one for one in ran.annotations if one.name == "notice"]) == notices


def test_no_annotations_are_no_calls(tmp_path: Path, worse: Origin, github: GitHub) -> None:
    ran = run_action(ROOT, {"annotations": "none", "summary": "false"}, step_of(tmp_path, worse, github))
    assert (ran.annotations, ran.summary, github.calls) == ([], "", [])
    assert ran.outputs["exit-code"] == "1"


def many(number: int) -> str:
    """A template with as many findings of one rule: users that poll their sources."""
    sources = "".join(
        f"            - Name: S{index}\n"
        "              ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: '1'}\n"
        f"              Configuration: {{S3Bucket: b, S3ObjectKey: k{index}, PollForSourceChanges: true}}\n"
        f"              OutputArtifacts: [{{Name: A{index}}}]\n"
        for index in range(number)
    )
    return (
        "Resources:\n  Shop:\n    Type: AWS::CodePipeline::Pipeline\n    Properties:\n"
        "      RoleArn: arn:aws:iam::123456789012:role/p\n      Stages:\n        - Name: Source\n          Actions:\n"
        + sources
    )


def test_a_check_run_gets_its_annotations_fifty_at_a_time(tmp_path: Path, github: GitHub) -> None:
    variables = push_of(tmp_path, {"many.yaml": many(120)}, github)
    inputs = {"select": "source-polling", "unknown": "ignore"}
    run_action(ROOT, inputs, variables)

    calls = [*github.made("POST", "check-runs"), *github.made("PATCH", "check-runs/7")]
    assert [len(annotations(call)) for call in calls] == [50, 50, 20]
    lines = [one["start_line"] for call in calls for one in annotations(call)]
    assert len(set(lines)) == 120


def test_what_a_check_run_did_not_take_is_written_as_commands(tmp_path: Path, github: GitHub) -> None:
    github.refused["check-runs"] = 403
    github.refuse_after["check-runs"] = 2
    variables = push_of(tmp_path, {"many.yaml": many(120)}, github)
    ran = run_action(ROOT, {"select": "source-polling", "unknown": "ignore"}, variables)

    shown = [one for one in ran.annotations if "line" in one.properties]
    assert len(shown) == 9
    assert ran.annotations[-1].message == "11 more findings: see the summary of the job"


def test_the_comment_is_started_once_and_brought_up_to_date(tmp_path: Path, worse: Origin, github: GitHub) -> None:
    variables = step_of(tmp_path, worse, github)
    # A person's comment that looks like ours, and more than a page of others.
    github.comments = [{"id": n, "user": {"type": "User"}, "body": "<!-- pipecheck -->\nmine"} for n in range(150)]
    run_action(ROOT, {"comment": "true", "annotations": "none"}, variables)
    (made,) = github.made("POST", "issues/1/comments")
    assert made.body["body"].startswith("<!-- pipecheck -->\n## pipecheck: 1 new finding")

    (tmp_path / "workspace" / "roles.yaml").write_text(ROLES, "utf-8")
    run_action(ROOT, {"comment": "true", "annotations": "none"}, variables)
    assert len(github.made("POST", "issues/1/comments")) == 1
    (changed,) = github.made("PATCH", "issues/comments/1150")
    assert changed.body["body"].startswith("<!-- pipecheck -->\n## pipecheck: no new findings")


def test_nothing_found_starts_no_comment(tmp_path: Path, github: GitHub) -> None:
    origin = pull_request(tmp_path / "origin", WEBSHOP, {"README.md": "words"})
    run_action(ROOT, {"comment": "true"}, step_of(tmp_path, origin, github))
    assert github.made("POST", "issues") == []
    assert github.comments == []


def test_a_comment_that_is_refused_is_a_notice(tmp_path: Path, worse: Origin, github: GitHub) -> None:
    github.refused["issues"] = 403
    ran = run_action(ROOT, {"comment": "true", "annotations": "none"}, step_of(tmp_path, worse, github))
    (notice,) = ran.annotations
    assert notice.message == (
        "no comment: GitHub answered 403 to GET issues/1/comments?per_page=100&page=1; "
        "it needs `permissions: pull-requests: write`"
    )


def uploader(github: GitHub) -> Callable[[dict[str, str]], dict[str, str]]:
    """What github/codeql-action/upload-sarif does: it packs the file and sends it."""

    def upload(stated: dict[str, str]) -> dict[str, str]:
        packed = base64.b64encode(gzip.compress(Path(stated["sarif_file"]).read_bytes())).decode()
        call = Call(
            "POST", "code-scanning/sarifs", {"sarif": packed, "category": stated["category"]}, stated["token"]
        )
        github.calls.append(call)
        status, _ = github.answer(call)
        if status != 202:
            raise Refused
        return {"sarif-id": "sarif"}

    return upload


UPLOAD = "github/codeql-action/upload-sarif"


@pytest.mark.parametrize("event", ["push", "schedule"])
def test_a_branch_goes_to_code_scanning_with_all_that_it_has(tmp_path: Path, github: GitHub, event: str) -> None:
    variables = push_of(tmp_path, dict(WEBSHOP), github, event)
    ran = run_action(ROOT, {"annotations": "none"}, variables, uses={UPLOAD: uploader(github)})

    (call,) = github.made("POST", "code-scanning/sarifs")
    sarif = json.loads(gzip.decompress(base64.b64decode(call.body["sarif"])))
    assert len(sarif["runs"][0]["results"]) == int(ran.outputs["findings"]) == int(ran.outputs["new-findings"]) > 5
    uris = {
        place["physicalLocation"]["artifactLocation"]["uri"]
        for result in sarif["runs"][0]["results"]
        for place in result["locations"]
    }
    assert uris <= set(WEBSHOP)
    assert call.body["category"] == "pipecheck"
    assert ran.outputs["exit-code"] == "1"


@pytest.mark.parametrize(
    ("event", "upload", "refused", "uploads"),
    [
        ("push", "auto", None, True),
        ("push", "auto", 403, False),
        ("push", "auto", 404, True),
        ("push", "false", None, False),
        ("push", "true", 403, True),
        ("repository_dispatch", "auto", None, False),
    ],
)
def test_what_is_uploaded_is_what_makes_sense_and_is_allowed(
    tmp_path: Path, github: GitHub, event: str, upload: str, refused: int | None, uploads: bool
) -> None:
    if refused is not None:
        github.refused["code-scanning/analyses"] = refused
    variables = push_of(tmp_path, {"many.yaml": many(1)}, github, event)
    ran = run_action(
        ROOT, {"upload-sarif": upload, "annotations": "none"}, variables, uses={UPLOAD: uploader(github)}
    )
    assert [name for name, _ in ran.used] == ([UPLOAD] if uploads else [])


@pytest.mark.parametrize(("upload", "outcome"), [("auto", True), ("true", False)])
def test_a_refused_upload_fails_the_job_only_where_it_was_asked_for(
    tmp_path: Path, github: GitHub, upload: str, outcome: bool
) -> None:
    github.refused["code-scanning/sarifs"] = 403
    variables = push_of(tmp_path, {"many.yaml": many(1)}, github)
    inputs = {"upload-sarif": upload, "annotations": "none", "fail-on": "never"}
    assert run_action(ROOT, inputs, variables, uses={UPLOAD: uploader(github)}).succeeded == outcome


def test_a_checkout_below_the_workspace_and_a_working_directory(tmp_path: Path, github: GitHub) -> None:
    before: dict[str, str | None] = {f"infra/{name}": text for name, text in WEBSHOP.items()}
    origin = pull_request(tmp_path / "origin", before, {"infra/roles.yaml": WORSE})
    ran = run_action(
        ROOT,
        {"working-directory": "sources/shop/infra", "paths": "pipeline.yaml\nroles.yaml\nbuild.yaml\n"},
        step_of(tmp_path, origin, github, below="sources/shop"),
        # In a container job the context names a folder of the host.
        action_path="/home/runner/work/_actions/octo/pipecheck/v1",
    )
    (call,) = github.made("POST", "check-runs")
    assert [one["path"] for one in annotations(call)] == ["infra/roles.yaml"]
    assert call.body["name"] == "pipecheck/sources/shop/infra"
    assert f"/blob/{origin.head}/infra/roles.yaml#L{WORSE_LINE}" in ran.summary


def test_the_policy_is_that_of_the_base(tmp_path: Path, github: GitHub) -> None:
    """A change can neither switch rules off, nor waive, nor call a finding known."""
    settings = "ignore: [iam-admin-policy]\n"
    origin = pull_request(tmp_path / "origin", WEBSHOP, {"roles.yaml": WORSE, "pipecheck.yaml": settings})
    variables = step_of(tmp_path, origin, github)
    assert run_action(ROOT, {}, variables).outputs["new-findings"] == "1"
    trusting = run_action(ROOT, {"diff-base": "none"}, variables)
    report = json.loads(Path(trusting.outputs["json-file"]).read_text("utf-8"))
    assert "iam-admin-policy" not in {finding["rule"] for finding in report["findings"]}


def test_a_baseline_is_that_of_the_base_too(tmp_path: Path, worse: Origin, github: GitHub) -> None:
    known = subprocess.run(
        [sys.executable, "-m", "pipecheck", "baseline", "write", "known.json"],
        cwd=check_out(worse, worse.merge, tmp_path / "elsewhere"),
        capture_output=True,
        check=False,
    )
    assert known.returncode == 0, known.stderr
    everything = (tmp_path / "elsewhere" / "known.json").read_text("utf-8")
    nothing = '{"schema": "pipecheck/baseline/v1", "findings": []}\n'
    origin = pull_request(
        tmp_path / "second", {**WEBSHOP, "known.json": nothing}, {"roles.yaml": WORSE, "known.json": everything}
    )
    ran = run_action(ROOT, {"baseline": "known.json"}, step_of(tmp_path, origin, github))
    assert int(ran.outputs["new-findings"]) > 1
    assert ran.outputs["new-findings"] == ran.outputs["findings"]


def test_what_a_change_suppresses_is_said(tmp_path: Path, github: GitHub) -> None:
    hidden = WORSE.replace(
        BUILD_ROLE + ADMINISTRATOR,
        BUILD_ROLE + ADMINISTRATOR.rstrip("\n") + "  # pipecheck: ignore[iam-admin-policy] just <b>trust</b> me\n",
    )
    origin = pull_request(tmp_path / "origin", WEBSHOP, {"roles.yaml": hidden})
    ran = run_action(ROOT, {"comment": "true"}, step_of(tmp_path, origin, github))
    assert ran.outputs["new-findings"] == "0"
    assert "### Suppressed by this change (1)" in ran.summary
    assert r"just \<b\>trust\</b\> me" in ran.summary
    assert "this change suppresses 1 finding" in [one.message.split(":")[0] for one in ran.annotations]
    assert len(github.made("POST", "issues/1/comments")) == 1


def test_a_base_that_is_not_to_be_had_is_an_error_and_never_a_pass(
    tmp_path: Path, worse: Origin, github: GitHub
) -> None:
    variables = step_of(tmp_path, worse, github)
    shutil.rmtree(worse.folder)
    ran = run_action(ROOT, {}, variables)
    assert not ran.succeeded
    assert ran.outputs["exit-code"] == "2"
    (error,) = ran.annotations
    assert "fetch-depth: 0" in error.message


def test_wrong_inputs_are_errors_with_their_exit_code(tmp_path: Path, github: GitHub) -> None:
    variables = push_of(tmp_path, {"many.yaml": many(1)}, github)
    for inputs, said in (
        ({"annotations": "loud"}, "input annotations: loud is none of auto, checks, commands, none"),
        ({"fail-on": "sometimes"}, "Invalid value for '--fail-on'"),
        ({"select": "no-such-rule"}, "no-such-rule"),
        ({"args": "'open"}, "input args: No closing quotation"),
        ({"args": "--help"}, "input args: --help and --schema scan nothing"),
        ({"args": "-f sarif"}, "decided by the inputs"),
        ({"format": "github"}, "input format: github is none of text"),
        ({"working-directory": "nowhere"}, "input working-directory"),
    ):
        ran = run_action(ROOT, inputs, variables)
        assert (ran.succeeded, ran.outputs["exit-code"]) == (False, "2"), inputs
        assert said in ran.annotations[0].message


def test_further_options_and_paths_are_data(tmp_path: Path, github: GitHub) -> None:
    odd = "--fail-on never $(touch gone) `x`; y.yaml"
    variables = push_of(tmp_path, {odd: many(1), "b c.yaml": many(2)}, github)
    inputs = {"select": "source-polling", "paths": f"{odd}\nb c.yaml", "args": "--verbose --exclude 'x y'"}
    ran = run_action(ROOT, {**inputs, "annotations": "none"}, variables)
    report = json.loads(Path(ran.outputs["json-file"]).read_text("utf-8"))
    assert {one["uri"] for one in report["inputs"]} == {odd, "b c.yaml"}
    assert not (tmp_path / "workspace" / "gone").exists()


def test_nothing_of_the_scanned_repository_is_imported(tmp_path: Path, github: GitHub) -> None:
    trap = "raise SystemExit('imported')\n"
    files: dict[str, str | None] = {f"{name}.py": trap for name in ("click", "json", "yaml", "pipecheck", "pip")}
    variables = push_of(tmp_path, {**files, "sitecustomize.py": trap, "many.yaml": many(1)}, github)
    variables["PYTHONPATH"] = str(tmp_path / "workspace")
    ran = run_action(ROOT, {"annotations": "none"}, variables)
    assert "imported" not in ran.log
    assert ran.outputs["exit-code"] in ("0", "1")


def markup(page: str) -> set[str]:
    """The HTML of a page of Markdown, and what its images and links outside of the two repositories lead to."""
    parser = MarkdownIt("commonmark", {"linkify": False}).enable("table")
    found = set()
    blocks = parser.parse(page)
    for token in (*blocks, *(child for block in blocks for child in block.children or ())):
        if token.type in ("html_block", "html_inline"):
            found |= {line for line in token.content.split("\n") if line}
        elif token.type == "image":
            found.add(str(token.attrs["src"]))
        elif token.type == "link_open" and not str(token.attrs["href"]).startswith("https://github.example/octo/"):
            found.add(str(token.attrs["href"]))
    return found


def harmless(ran: Ran) -> None:
    """Nothing of what was scanned became a command, an output or markup."""
    assert {one.name for one in ran.commands} <= {"error", "warning", "notice"}
    assert all(one.properties["title"].startswith(("source-polling (", "pipecheck")) for one in ran.commands)
    assert set(ran.outputs) == {"exit-code", "findings", "new-findings", "sarif-file", "json-file"}
    assert ran.outputs["exit-code"] in ("0", "1", "3")
    assert markup(ran.summary) <= {"<details><summary>How to mend</summary>", "</details>"}
    assert len(ran.summary.encode()) <= 1_048_576
    assert ran.exported == ""


def test_a_summary_fits_and_says_what_did_not(tmp_path: Path, github: GitHub) -> None:
    variables = push_of(tmp_path, {"many.yaml": many(4_500)}, github)
    ran = run_action(ROOT, {"select": "source-polling", "unknown": "ignore", "annotations": "commands"}, variables)
    assert ran.outputs["findings"] == "4500"
    assert 900_000 < len(ran.summary.encode()) <= 1_048_576
    assert "did not fit here" in ran.summary
    assert len(ran.annotations) == 10


def test_a_group_of_a_merge_queue_is_compared_with_what_it_goes_onto(
    tmp_path: Path, worse: Origin, github: GitHub
) -> None:
    variables = step_of(tmp_path, worse, github)
    variables["GITHUB_EVENT_NAME"] = "merge_group"
    Path(variables["GITHUB_EVENT_PATH"]).write_text(
        json.dumps({"merge_group": {"base_sha": worse.base, "head_sha": worse.merge}}), "utf-8"
    )
    ran = run_action(ROOT, {"annotations": "commands"}, variables)
    assert ran.outputs["new-findings"] == "1"
    assert [one.properties["line"] for one in ran.annotations] == [str(WORSE_LINE)]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
def test_a_checkout_of_another_user_is_trusted_as_in_a_container(
    tmp_path: Path, worse: Origin, github: GitHub
) -> None:
    variables = step_of(tmp_path, worse, github)
    for folder in (tmp_path / "workspace", *(tmp_path / "workspace").rglob("*")):
        os.chown(folder, 65534, 65534)
    assert run_action(ROOT, {"annotations": "none"}, variables).outputs["new-findings"] == "1"


def test_hostile_names_and_messages_stay_text(tmp_path: Path, github: GitHub) -> None:
    texts = [text for text in HOSTILE if len(text) < 1000]
    template = many(len(HOSTILE))
    for index, text in enumerate(HOSTILE):
        template = template.replace(f"- Name: S{index}\n", f"- Name: {json.dumps(text, ensure_ascii=False)}\n")
    names = {
        f"folder/{text.replace('/', '_').replace(chr(0), '')}.yaml": many(1) for text in texts if len(text) < 200
    }
    variables = push_of(tmp_path, {"names.yaml": template, **names}, github)
    for inputs in ({"annotations": "commands"}, {"annotations": "checks"}):
        ran = run_action(ROOT, {**inputs, "select": "source-polling", "unknown": "ignore"}, variables)
        harmless(ran)
        assert int(ran.outputs["findings"]) >= len(HOSTILE)


def test_an_output_that_a_file_name_decides_cannot_make_another(tmp_path: Path, github: GitHub) -> None:
    variables = push_of(tmp_path, {"many.yaml": many(1)}, github)
    name = "x\nexit-code=0\nEOF\nfindings<<EOF\n0"
    ran = run_action(ROOT, {"sarif-file": name, "annotations": "none", "select": "source-polling"}, variables)
    assert ran.outputs["sarif-file"].endswith(name)
    assert ran.outputs["findings"] == "1"


def test_a_newer_python_is_set_up_where_one_is_asked_for(tmp_path: Path, github: GitHub) -> None:
    variables = push_of(tmp_path, {"many.yaml": many(1)}, github)
    del variables["PIPECHECK_PYTHON"]
    ran = run_action(ROOT, {"python-version": "3.14", "version": "not a version"}, variables, uses={
        "actions/setup-python": lambda _: {"python-path": sys.executable},
    })  # fmt: skip
    assert ran.used == [("actions/setup-python", {"python-version": "3.14", "update-environment": "false"})]
    assert "input version is no version" in ran.log
    assert not ran.succeeded


@pytest.mark.long
@pytest.mark.parametrize("version", [""])
def test_it_installs_itself(tmp_path: Path, github: GitHub, version: str) -> None:
    variables = push_of(tmp_path, {"many.yaml": many(1)}, github)
    del variables["PIPECHECK_PYTHON"]
    action = tmp_path / "action of a job"
    for name in ("action.yml", "action", "pyproject.toml", "README.md", "LICENSE", "hatch_build.py"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        (tmp_path / "action of a job").mkdir(exist_ok=True)
        copy(ROOT / name, action / name)
    for name in ("pipecheck", "rules"):
        shutil.copytree(ROOT / name, action / name, ignore=shutil.ignore_patterns("__pycache__"))
    ran = run_action(action, {"version": version, "annotations": "none", "select": "source-polling"}, variables)
    assert ran.outputs["findings"] == "1", ran.log
    assert [name for name, _ in ran.used][:1] == ["actions/cache"]
    (_, cache) = ran.used[0]
    assert cache["path"].endswith("pipecheck-packages")
    assert cache["key"].startswith("pipecheck-")
