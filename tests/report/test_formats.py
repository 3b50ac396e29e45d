import subprocess
import sys

import pytest

from pipecheck.report.formats import FORMATS, renderer
from pipecheck.report.options import RenderOptions
from tests.report.reports import finding, report, sources


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_renders_a_report_and_nothing_at_all(format: str) -> None:
    render = renderer(format)
    assert "alias/aws/s3" in render(report(finding()), sources("a: 1"), RenderOptions())
    assert render(report(inputs=[]), {}, RenderOptions()).endswith("\n")


def test_a_name_that_is_no_format_is_refused() -> None:
    with pytest.raises(KeyError):
        renderer("yaml")


def test_asking_for_one_format_imports_no_other() -> None:
    program = (
        "import sys; from pipecheck.report.formats import renderer; renderer('text');"
        "print(*(name for name in sys.modules if name.startswith('pipecheck.report.') or name == 'sarif_om'))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert "pipecheck.report.text" in loaded
    assert not {"pipecheck.report.sarif", "pipecheck.report.json", "pipecheck.report.junit", "sarif_om"} & set(loaded)


def test_the_sarif_module_itself_loads_sarif_om_only_to_render() -> None:
    program = "import sys; import pipecheck.report.sarif; print('sarif_om' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
