"""What is built is what is in the tree, and an installation finds the rules, however it was made."""

import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from pipecheck.rules.catalog import catalog_of, load_bundled
from pipecheck.rules.prebuilt import from_json
from tests.checkout import ROOT, clone_to, listed_files

RULE_IDS = {path.stem for path in (ROOT / "rules").glob("*/*.yaml") if path.parent.name != "frameworks"}


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clone_to(tmp_path_factory.mktemp("checkout"))


@pytest.fixture(scope="session")
def built(checkout: Path) -> Path:
    """A folder with the source distribution and the wheel that was built from it."""
    # Without isolation: the build backend is one of the development extras, so this needs no network.
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", "dist", ".", cwd=checkout)
    return checkout / "dist"


@pytest.fixture(scope="session")
def wheel(built: Path) -> Path:
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """The commands of a fresh virtual environment with the wheel and its dependencies, and nothing else."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    commands = folder / ("Scripts" if sys.platform == "win32" else "bin")
    run(commands / "python", "-m", "pip", "install", "--quiet", wheel, cwd=folder)
    return commands


def rules_found(commands: Path, elsewhere: Path) -> set[str]:
    """The ids that `pipecheck rules list` begins its lines with."""
    listing = run(commands / "pipecheck", "rules", "list", cwd=elsewhere)
    first_words = {line.split()[0] for line in listing.splitlines() if line.strip()}
    return {word for word in first_words if "-" in word}


def test_there_are_rules_to_count() -> None:
    assert "approval-before-production" in RULE_IDS


def test_the_wheel_holds_each_file_of_the_package_and_each_rule(wheel: Path) -> None:
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    package = {name for name in listed_files() if name.startswith("pipecheck/")}
    rules = {f"pipecheck/_{name}" for name in listed_files() if name.startswith("rules/")}
    assert packed == package | rules | {"pipecheck/_rules/catalog.json"}


def test_the_wheel_holds_the_rules_prebuilt(wheel: Path) -> None:
    packed = zipfile.ZipFile(wheel).read("pipecheck/_rules/catalog.json").decode()
    assert catalog_of(from_json(packed)) == load_bundled()


def test_the_wheel_carries_its_licence(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    (licence,) = (name for name in names if name.endswith(".dist-info/licenses/LICENSE"))
    assert "Apache License" in zipfile.ZipFile(wheel).read(licence).decode()


def test_the_source_distribution_holds_all_that_the_tests_need(built: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        names = {name.split("/", 1)[1] for name in packed.getnames() if "/" in name}
    needed = {
        name
        for name in listed_files()
        if name.split("/")[0] in {"pipecheck", "rules", "tests", "fixtures", "pyproject.toml", "README.md", "LICENSE"}
    }
    assert needed <= names


def test_an_installed_wheel_finds_every_rule(environment: Path, tmp_path: Path) -> None:
    assert rules_found(environment, tmp_path) == RULE_IDS


def test_an_installed_wheel_can_write_sarif(environment: Path, tmp_path: Path) -> None:
    # sarif-om leans on pbr, which leans on setuptools: the declared dependencies must bring all three.
    run(environment / "python", "-W", "error", "-c", "import sarif_om", cwd=tmp_path)


def test_an_editable_install_finds_every_rule(environment: Path, checkout: Path, tmp_path: Path) -> None:
    folder = tmp_path / "environment"
    venv.create(folder, with_pip=True)
    commands = folder / environment.name
    # The dependencies are those of the other environment; only the package itself is installed anew.
    (site_packages,) = environment.parent.rglob("site-packages")
    (here,) = folder.rglob("site-packages")
    (here / "dependencies.pth").write_text(f"{site_packages}\n")
    run(
        commands / "python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--ignore-installed",
        "-e",
        checkout,
        cwd=folder,
    )

    where = run(commands / "python", "-c", "import pipecheck; print(pipecheck.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(checkout)
    assert rules_found(commands, tmp_path) == RULE_IDS
