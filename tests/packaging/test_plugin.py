"""The example plug-in is built, installed beside pipecheck and used, as its readers would do it."""

import json
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.checkout import ROOT, clone_to

pytestmark = pytest.mark.long

TEMPLATE = """\
Resources:
  Pipeline:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Name: shop
      Stages: [{Name: A}, {Name: B}, {Name: C}, {Name: D}]
"""


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_the_example_plug_in_is_installed_and_used(tmp_path: Path) -> None:
    checkout = clone_to(tmp_path / "checkout")
    for source in (checkout, checkout / "fixtures" / "plugin"):
        built = run(
            sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", tmp_path, source, cwd=ROOT
        )
        assert built.returncode == 0, built.stdout + built.stderr
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=True)
    commands = environment / ("Scripts" if sys.platform == "win32" else "bin")
    installed = run(commands / "python", "-m", "pip", "install", "--quiet", *tmp_path.glob("*.whl"), cwd=tmp_path)
    assert installed.returncode == 0, installed.stderr
    project = tmp_path / "project"
    (project / ".git").mkdir(parents=True)
    (project / "pipeline.yaml").write_text(TEMPLATE)
    (project / "pipecheck.yaml").write_text("plugins: [acme]\nparameters:\n  acme-few-stages: {most: 2}\n")

    scan = run(commands / "pipecheck", "scan", "-f", "json", "--select", "acme-*", "pipeline.yaml", cwd=project)

    assert scan.returncode == 0, scan.stderr
    (finding,) = json.loads(scan.stdout)["findings"]
    assert finding["message"] == "the pipeline has 4 stages, more than 2"
    listed = run(commands / "pipecheck", "rules", "list", "acme-*", cwd=project)
    assert [line.split()[0] for line in listed.stdout.splitlines()[1:]] == ["acme-few-stages", "acme-own-images"]
