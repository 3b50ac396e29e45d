"""`pipecheck graph` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.checkout import ROOT
from tests.cli.test_scan import pipecheck

WEBSHOP = str(ROOT / "fixtures" / "webshop")


def test_it_draws_every_pipeline_with_what_is_not_gated(tmp_path: Path) -> None:
    result = pipecheck("graph", WEBSHOP, cwd=tmp_path)
    assert result.returncode == 0
    assert "✗ DeployProduction" in result.stdout
    assert "webshop-search-index" in result.stdout


def test_one_pipeline_can_be_chosen_by_glob(tmp_path: Path) -> None:
    result = pipecheck("graph", WEBSHOP, "--pipeline", "*storefront", "-f", "json", cwd=tmp_path)
    assert [one["name"] for one in json.loads(result.stdout)["pipelines"]] == ["webshop-storefront"]


def test_a_glob_that_fits_none_is_an_error_that_names_those_there_are(tmp_path: Path) -> None:
    result = pipecheck("graph", WEBSHOP, "--pipeline", "nope", cwd=tmp_path)
    assert result.returncode == 2
    assert "no pipeline fits nope" in result.stderr
    assert "webshop-search-index, webshop-storefront" in result.stderr


def test_nothing_to_draw_and_broken_inputs_exit_with_3(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text("Resources: {B: {Type: 'AWS::S3::Bucket'}}\n")
    empty = pipecheck("graph", cwd=tmp_path)
    assert (empty.returncode, empty.stdout) == (3, "")
    assert "nothing to draw" in empty.stderr
    broken = pipecheck("graph", WEBSHOP, "missing.yaml", cwd=tmp_path)
    assert broken.returncode == 3
    assert "DeployProduction" in broken.stdout
    assert "missing.yaml" in broken.stderr


def test_the_configuration_decides_what_production_is(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text("not_production: {pipelines: ['webshop-*']}\n")
    result = pipecheck("graph", WEBSHOP, "--config", "c.yaml", cwd=tmp_path)
    assert "✗" not in result.stdout
