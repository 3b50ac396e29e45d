"""What a start loads: the everyday commands stay fast only while they import next to nothing."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

WEBSHOP = Path(__file__).parent.parent.parent / "fixtures" / "webshop"
HEAVY = {
    "attr", "attrs", "boto3", "botocore", "cfnlint", "importlib.metadata", "jinja2", "jsonschema", "rich", "sarif_om",
    "tree_sitter", "tree_sitter_bash",
}  # fmt: skip


def modules_loaded_by(*arguments: str | Path, exit_codes: set[int]) -> set[str]:
    """Every module that `python -m pipecheck` imports, as the interpreter itself reports it.

    `-X importtime` does not see what `importlib.import_module` loads; `-v` does.
    """
    command = [sys.executable, "-v", "-m", "pipecheck", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in exit_codes, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout
    return {line.split("'")[1] for line in done.stderr.splitlines() if line.startswith("import '")}


def heavy(loaded: set[str]) -> set[str]:
    return {module for module in loaded if module in HEAVY or module.split(".")[0] in HEAVY}


def test_the_version_loads_click_and_nothing_else_of_weight() -> None:
    loaded = modules_loaded_by("--version", exit_codes={0})

    assert "click" in loaded
    assert not heavy(loaded)
    assert not {"yaml", "pipecheck.loaders", "pipecheck.engine"} & loaded


@pytest.mark.parametrize("name", ["pipeline.yaml", "search-index.json"])
def test_a_scan_of_one_file_loads_nothing_of_weight(name: str) -> None:
    loaded = modules_loaded_by("scan", WEBSHOP / name, exit_codes={0, 1})

    assert "pipecheck.engine" in loaded
    assert not heavy(loaded)


@pytest.mark.parametrize("command", ["fetch", "audit"])
def test_the_help_of_live_commands_loads_nothing_of_weight(command: str) -> None:
    loaded = modules_loaded_by(command, "--help", exit_codes={0})

    assert not heavy(loaded)


def test_a_scan_of_templates_loads_nothing_of_live_accounts() -> None:
    loaded = modules_loaded_by("scan", WEBSHOP / "pipeline.yaml", exit_codes={0, 1})

    assert not {module for module in loaded if module.startswith(("pipecheck.aws", "pipecheck.loaders.live"))}


def test_without_a_configuration_nothing_reads_one(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n')
    shutil.copy(WEBSHOP / "search-index.json", tmp_path)
    loaded = modules_loaded_by("scan", tmp_path / "search-index.json", exit_codes={0, 1})

    of_configuration = {module for module in loaded if module.startswith("pipecheck.engine.config.")}
    assert of_configuration == {"pipecheck.engine.config.configuration", "pipecheck.engine.config.find"}
    assert not {"tomllib", "subprocess", "pathspec", "pipecheck.app.revision"} & loaded


BUCKET_ALONE = """
Resources:
  Artifacts:
    Type: AWS::S3::Bucket
"""
PIPELINE_ALONE = """
Resources:
  Pipeline:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/pipeline
      Stages: []
"""


def checks(loaded: set[str]) -> set[str]:
    prefix = "pipecheck.checks."
    return {module.removeprefix(prefix) for module in loaded if module.startswith(prefix)} - {"registry"}


def test_a_template_without_a_pipeline_loads_no_check(tmp_path: Path) -> None:
    (tmp_path / "bucket.yaml").write_text(BUCKET_ALONE, "utf-8")

    loaded = modules_loaded_by("scan", tmp_path / "bucket.yaml", exit_codes={0})

    assert not checks(loaded)
    assert not {module for module in loaded if module.startswith("pipecheck.analysis.privileges")}


def test_only_checks_of_what_the_input_holds_are_loaded(tmp_path: Path) -> None:
    (tmp_path / "pipeline.yaml").write_text(PIPELINE_ALONE, "utf-8")

    loaded = modules_loaded_by("scan", tmp_path / "pipeline.yaml", exit_codes={0, 1})

    assert {"approval_before_production", "valid_source_stage"} <= checks(loaded)
    assert not {"source_oauth_token_literal", "build_privileged_mode", "iam_admin_policy"} & checks(loaded)


@pytest.mark.parametrize("name", ["pipeline.yaml", "search-index.json"])
def test_a_scan_of_one_file_loads_no_command_and_no_format_but_its_own(name: str) -> None:
    loaded = modules_loaded_by("scan", WEBSHOP / name, exit_codes={0, 1})

    assert (
        not {"pipecheck.cli.rules", "pipecheck.cli.explain", "pipecheck.app.rules", "pipecheck.loaders.discover"}
        & loaded
    )
    assert not {"pipecheck.report.json", "pipecheck.report.sarif", "pipecheck.report.junit"} & loaded
    assert not {"multiprocessing", "concurrent.futures", "asyncio", "subprocess", "tempfile", "logging"} & loaded
