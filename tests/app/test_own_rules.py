"""Rules that users bring: folders, Python checks, plug-ins, and every mistake in them as one message."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from tests.checkout import ROOT

RULE = dedent(
    """\
    id: acme-tagged
    title: Pipeline has no tag
    severity: high
    subject: pipeline
    require: pipeline.tags.exists(tag, tag.key == "owner")
    message: no owner
    rationale: r
    remediation: r
    """
)
PYTHON_RULE = re.sub(r"require.*\nmessage.*\n", "python: acme_tagged\n", RULE)
CHECK = dedent(
    """\
    from pipecheck.rules.clause import Clause
    from pipecheck.values import Truth


    def acme_tagged(subject, inventory, params):
        yield Clause(Truth.TRUE, Truth.FALSE, subject.place, "said by Python")
    """
)
PIPELINE = dedent(
    """\
    Resources:
      Pipeline:
        Type: AWS::CodePipeline::Pipeline
        Properties:
          Name: shop
    """
)


def pipecheck(*arguments: str, cwd: Path, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(str(p) for p in (path, ROOT) if p), "NO_COLOR": "1"}
    command = [sys.executable, "-m", "pipecheck", *arguments]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=60, check=False, env=env)
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with a pipeline, and a folder of rules that its configuration names."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "policies").mkdir()
    (tmp_path / "pipeline.yaml").write_text(PIPELINE)
    (tmp_path / "pipecheck.yaml").write_text("rules: [./policies]\n")
    return tmp_path


def messages(done: subprocess.CompletedProcess[str], rule: str = "acme-tagged") -> list[str]:
    return [f["message"] for f in json.loads(done.stdout)["findings"] if f["rule"] == rule]


def test_a_rule_of_a_folder_is_one_of_the_rules(project: Path) -> None:
    (project / "policies" / "acme-tagged.yaml").write_text(RULE)
    done = pipecheck("scan", "-f", "json", "pipeline.yaml", cwd=project)
    assert (done.returncode, messages(done)) == (1, ["no owner"])
    assert "acme-tagged" in pipecheck("rules", "list", "group:policies", cwd=project).stdout
    assert "no tag" in pipecheck("explain", "acme-tagged", cwd=project).stdout


def test_rules_written_from_the_documentation_alone(project: Path) -> None:
    page = (ROOT / "docs" / "writing-rules.md").read_text("utf-8")
    for name, text in re.findall(r"```yaml\n# policies/(\S+)\n(.*?)```", page, re.DOTALL):
        (project / "policies" / name).write_text(text)
    tested = pipecheck("rules", "test", cwd=project)
    assert tested.stdout in page
    assert tested.returncode == 0
    template = PIPELINE + "      Tags: [{Key: cost-centre, Value: x}]\n  Build:\n    Type: AWS::CodeBuild::Project\n"
    (project / "tagged.yaml").write_text(f"{template}    Properties: {{Environment: {{Image: 'alpine:3'}}}}\n")
    untagged, tagged = (
        json.loads(pipecheck("scan", "-f", "json", "--select", "acme-*", name, cwd=project).stdout)["findings"]
        for name in ("pipeline.yaml", "tagged.yaml")
    )
    assert [f["message"] for f in untagged] == ['pipeline shop has no tag "cost-centre"']
    assert [(f["rule"], f["location"]["line"]) for f in tagged] == [("acme-own-images", 9)]


def test_the_python_check_of_the_documentation_passes_its_own_test(project: Path) -> None:
    page = (ROOT / "docs" / "writing-rules.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (project / "policies" / "acme_stage_names.py").write_text(code)
    head = "Resources:\n        Pipeline:\n          Type: AWS::CodePipeline::Pipeline\n          Properties:\n"
    cases = "".join(
        f"  - case: {verdict}\n    verdict: {verdict}\n    cloudformation: |\n"
        f"      {head}            Stages: {stages}\n"
        for verdict, stages in (
            ("pass", "[{Name: Source}]"),
            ("fail", "[{Name: source}]"),
            ("unknown", "[{Name: !ImportValue stage}]"),
        )
    )
    rule = PYTHON_RULE.replace("acme_tagged", "acme_stage_names").replace("acme-tagged", "acme-stage-names")
    (project / "policies" / "acme-stage-names.yaml").write_text(f"{rule}examples:\n{cases}")
    done = pipecheck("rules", "test", "policies", "--allow-python-rules", cwd=project)
    assert done.stdout.endswith("all hold\n")


def test_python_runs_only_where_both_the_folder_and_the_command_line_say_so(project: Path) -> None:
    (project / "policies" / "acme-tagged.yaml").write_text(PYTHON_RULE)
    (project / "policies" / "acme_tagged.py").write_text(CHECK)
    scan = ("scan", "-f", "json", "--select", "acme-tagged", "pipeline.yaml")
    for arguments in (scan, (*scan, "--allow-python-rules")):
        done = pipecheck(*arguments, cwd=project)
        assert done.returncode == 2
        assert "pipecheck.yaml:1:9: acme-tagged: policies/acme_tagged.py is not run" in done.stderr
        assert "python_rules: true" in done.stderr
    (project / "pipecheck.yaml").write_text("rules: [{path: policies, python_rules: true}]\n")
    refused = pipecheck(*scan, cwd=project)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "is run only with --allow-python-rules" in refused.stderr
    done = pipecheck(*scan, "--allow-python-rules", cwd=project)
    assert (done.returncode, messages(done)) == (1, ["said by Python"])


def test_a_rule_that_is_left_out_needs_no_permission(project: Path) -> None:
    (project / "policies" / "acme-tagged.yaml").write_text(PYTHON_RULE)
    (project / "policies" / "acme_tagged.py").write_text("raise SystemExit(1)")
    done = pipecheck("scan", "--ignore", "acme-tagged", "--fail-on", "never", "pipeline.yaml", cwd=project)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("import nothing_of_that_name", "acme_tagged.py:1: crashed when it was loaded: ModuleNotFoundError"),
        ("def acme_tagged(:", "acme_tagged.py:1: crashed when it was loaded: SyntaxError"),
        ("x = 1\nraise SystemExit('stop')", "acme_tagged.py:2: crashed when it was loaded: SystemExit: stop"),
        ("x = 1", "acme_tagged.py defines no function acme_tagged"),
    ],
)
def test_a_python_file_that_cannot_be_loaded_is_one_message(project: Path, code: str, message: str) -> None:
    (project / "pipecheck.yaml").write_text("rules: [{path: policies, python_rules: true}]\n")
    (project / "policies" / "acme-tagged.yaml").write_text(PYTHON_RULE)
    (project / "policies" / "acme_tagged.py").write_text(code)
    done = pipecheck("scan", "--allow-python-rules", "pipeline.yaml", cwd=project)
    assert done.returncode == 4
    assert message in done.stderr
    assert done.stderr.count("error:") == 1


@pytest.mark.parametrize(
    "body", ["yield 'no clause'", "raise SystemExit(0)\n    yield", "return 3", "yield 1 / 0", "return None"]
)
def test_a_check_that_does_nonsense_is_an_error_of_its_rule(project: Path, body: str) -> None:
    (project / "pipecheck.yaml").write_text("rules: [{path: policies, python_rules: true}]\n")
    (project / "policies" / "acme-tagged.yaml").write_text(PYTHON_RULE)
    code = f"def acme_tagged(subject, inventory, params):\n    {body}\n"
    (project / "policies" / "acme_tagged.py").write_text(code)
    done = pipecheck("scan", "-f", "json", "--allow-python-rules", "pipeline.yaml", cwd=project)
    assert done.returncode == 4
    assert "the rule crashed" in messages(done)[0]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (RULE.replace("title: ", "title: ["), "3:9", "the '[' in line 2 is not closed yet"),
        (RULE.replace("subject: pipeline", "subject: pipline"), "4:10", "expected one of pipeline, stage"),
        (RULE.replace('tag.key == "owner"', 'tag.key.matches("(")'), "5:", "is no regular expression"),
        (RULE.replace("severity: high", "severity: hihg"), "3:11", "expected one of"),
        (RULE.replace("title:", "titel:"), "2:1", "unknown key 'titel'"),
        (RULE + "examples: []\nwhen: pipeline.name == 'x'\n", "10:1", "when stands behind examples"),
        (RULE.replace("id: acme-tagged", "id: iam-admin-policy"), "1:5", "the file is called"),
        ("[]", "1:1", "expected a mapping"),
    ],
)
def test_a_mistake_in_a_rule_file_is_one_message_at_its_place(
    project: Path, text: str, place: str, message: str
) -> None:
    (project / "policies" / "acme-tagged.yaml").write_text(text)
    for command in (("scan", "pipeline.yaml"), ("rules", "list"), ("rules", "test", "policies")):
        done = pipecheck(*command, cwd=project)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"policies/acme-tagged.yaml:{place}" in done.stderr
        assert message in done.stderr
        assert done.stderr.count("error:") == 1


def test_two_rules_of_one_id_are_a_mistake(project: Path) -> None:
    (project / "policies" / "iam-admin-policy.yaml").write_text(RULE.replace("acme-tagged", "iam-admin-policy"))
    done = pipecheck("scan", "pipeline.yaml", cwd=project)
    assert done.returncode == 2
    assert "policies/iam-admin-policy.yaml: the rule iam-admin-policy is also in rules/iam" in done.stderr


def test_a_folder_that_leads_back_into_itself_is_a_mistake(project: Path) -> None:
    (project / "policies" / "again").symlink_to(project / "policies")
    done = pipecheck("scan", "pipeline.yaml", cwd=project)
    assert done.returncode == 2
    assert "policies/again: leads back to policies" in done.stderr


def test_folders_in_one_another_bring_each_rule_once(project: Path) -> None:
    (project / "policies" / "tags").mkdir()
    (project / "policies" / "tags" / "acme-tagged.yaml").write_text(RULE)
    (project / "pipecheck.yaml").write_text("rules: [./policies, ./policies/tags]\n")
    assert pipecheck("rules", "list", "acme-*", cwd=project).returncode == 0


def test_a_folder_that_is_not_there_is_a_mistake(project: Path) -> None:
    (project / "pipecheck.yaml").write_text("rules: [./policies, ./polices]\n")
    done = pipecheck("scan", "pipeline.yaml", cwd=project)
    assert done.returncode == 2
    assert "pipecheck.yaml:1:21: there is no folder polices" in done.stderr


class TestPlugins:
    """Installed packages; here only their metadata is installed, into a folder on the path."""

    @pytest.fixture
    def site(self, tmp_path: Path) -> Path:
        """A folder of packages with the plug-in of the fixtures."""
        site = tmp_path / "site"
        site.mkdir()
        (site / "pipecheck_acme").symlink_to(ROOT / "fixtures" / "plugin" / "pipecheck_acme")
        self.install(
            site, "pipecheck-acme", "acme = pipecheck_acme", "acme_few_stages = pipecheck_acme.checks:acme_few_stages"
        )
        return site

    def install(self, site: Path, package: str, rules: str, checks: str = "") -> None:
        info = site / f"{package.replace('-', '_')}-1.0.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0.0\n")
        (info / "entry_points.txt").write_text(f"[pipecheck.rules]\n{rules}\n[pipecheck.checks]\n{checks}\n")

    def test_a_plug_in_is_loaded_where_the_configuration_names_it(self, project: Path, site: Path) -> None:
        stages = "      Stages: [{Name: A}, {Name: B}, {Name: C}, {Name: D}]\n"
        (project / "pipeline.yaml").write_text(PIPELINE + stages)
        (project / "pipecheck.yaml").write_text("plugins: [acme]\n")
        done = pipecheck("scan", "-f", "json", "--select", "acme-*", "pipeline.yaml", cwd=project, path=site)
        assert messages(done, "acme-few-stages") == ["the pipeline has 4 stages, more than 3"]
        (project / "pipecheck.yaml").write_text("ignore: []\n")
        done = pipecheck("scan", "--select", "acme-*", "pipeline.yaml", cwd=project, path=site)
        assert (done.returncode, "there is no rule acme-*" in done.stderr) == (2, True)

    def test_its_rules_pass_their_own_tests(self, project: Path, site: Path) -> None:
        (project / "pipecheck.yaml").write_text("plugins: [acme]\n")
        done = pipecheck("rules", "test", str(site / "pipecheck_acme"), cwd=project, path=site)
        assert done.stdout.endswith("all hold\n"), done.stdout + done.stderr

    def test_its_controls_make_a_framework(self, project: Path, site: Path) -> None:
        (project / "pipecheck.yaml").write_text("plugins: [acme]\n")
        done = pipecheck("scan", "--framework", "acme-policy", "pipeline.yaml", cwd=project, path=site)
        assert "acme-policy: 0 fail" in done.stdout
        assert "B-7  not assessable" in done.stdout

    def test_one_that_is_not_installed_is_a_mistake_at_its_place(self, project: Path, site: Path) -> None:
        (project / "pipecheck.yaml").write_text("plugins: [acmee]\n")
        done = pipecheck("scan", "pipeline.yaml", cwd=project, path=site)
        assert done.returncode == 2
        assert "pipecheck.yaml:1:11: there is no plug-in acmee" in done.stderr
        assert "did you mean acme?" in done.stderr

    def test_one_that_crashes_is_one_message(self, project: Path, site: Path) -> None:
        (project / "pipecheck.yaml").write_text("plugins: [bad]\n")
        (site / "bad.py").write_text("raise ValueError('not today')\n")
        self.install(site, "bad", "bad = bad")
        done = pipecheck("scan", "pipeline.yaml", cwd=project, path=site)
        assert (done.returncode, done.stderr.count("error:")) == (4, 1)
        assert "crashed when it was loaded: ValueError: not today" in done.stderr

    def test_two_packages_of_one_name_are_a_mistake(self, project: Path, site: Path) -> None:
        (project / "pipecheck.yaml").write_text("plugins: [acme]\n")
        self.install(site, "other", "acme = other")
        done = pipecheck("scan", "pipeline.yaml", cwd=project, path=site)
        assert done.returncode == 2
        assert "offered more than once: by other, pipecheck-acme" in done.stderr

    def test_the_ids_of_its_rules_begin_with_its_name(self, project: Path, site: Path) -> None:
        (project / "pipecheck.yaml").write_text("plugins: [beta]\n")
        self.install(site, "beta", "beta = pipecheck_acme")
        done = pipecheck("scan", "pipeline.yaml", cwd=project, path=site)
        assert done.returncode == 2
        assert "begin with beta-, found acme-own-images" in done.stderr
