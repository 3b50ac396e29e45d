"""Build specifications: wherever they are kept, each command leads to its line."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from pipecheck.analysis.buildspecs import commands
from pipecheck.loaders.cloudformation.template import Assumptions
from pipecheck.loaders.load import Input, Loaded, load
from pipecheck.loaders.source_tree import Folders, SourceTree, Texts
from pipecheck.model.build_project import BuildProject
from pipecheck.model.buildspec import Buildspec
from pipecheck.model.pipeline import Pipeline
from pipecheck.values import Absent, Known, Place, Reason, Unknown, Value, known
from pipecheck.values.items import values
from pipecheck.values.text import spelled

SPEC = "version: 0.2\nphases:\n  build:\n    commands:\n      - make\n"


def scanned(text: str, tree: SourceTree | None = None, uri: str = "template.yaml") -> Loaded:
    return load([Input(uri, dedent(text), named=True)], Assumptions(), tree or Texts())


def with_source(source: str) -> str:
    """A template whose project has the source `source`."""
    return "Resources:\n  Build:\n    Type: AWS::CodeBuild::Project\n    Properties:\n      Source:" + source


def written(expression: str) -> str:
    """A template whose project's build specification is `expression`, which starts in line 8."""
    lines = "\n".join(f"          {line}" if line else "" for line in dedent(expression).splitlines())
    return with_source(f"\n        Type: CODEPIPELINE\n        BuildSpec:\n{lines}\n")


def buildspec_of(loaded: Loaded) -> Value[Buildspec]:
    [project] = values(loaded.inventory.all(BuildProject))
    return project.buildspec


def the_buildspec(loaded: Loaded) -> Buildspec:
    found = buildspec_of(loaded)
    assert isinstance(found, Known)
    return found.value


def line_of(loaded: Loaded, place: Place) -> tuple[str, str]:
    """The source of a place and its line as it is in the text."""
    document = loaded.documents[place.source]
    line = document.content_line(place.route, place.line) if place.line is not None else None
    number = (line or document.span(place.route)).line
    return place.source, document.lines(number, number)[0].strip()


@pytest.mark.parametrize(
    "expression",
    [
        "|\n  phases:\n    build:\n      commands:\n        - echo a\n        - make b\n",
        "!Sub |\n  phases:\n    build:\n      commands:\n        - echo a\n        - make b\n",
        "!Sub\n- |\n  phases:\n    build:\n      commands:\n        - echo a\n        - make b\n- {Unused: x}\n",
        "Fn::Sub: |\n  phases:\n    build:\n      commands:\n        - echo a\n        - make b\n",
        "Fn::ToJsonString:\n  phases:\n    build:\n      commands:\n        - echo a\n        - make b\n",
        'Fn::Join:\n- "\\n"\n- ["phases:", "  build:", "    commands:", "    - echo a",\n"    - make b"]\n',
        "Fn::If:\n- Never\n- x\n- |\n  phases:\n    build:\n      commands:\n        - echo a\n        - make b\n",
    ],
)
def test_a_command_stands_in_its_own_line_however_the_text_is_made(expression: str) -> None:
    loaded = scanned(written(expression) + "Conditions: {Never: !Equals [a, b]}\n")
    [first, second] = commands(the_buildspec(loaded))
    assert (known(first), known(second)) == ("echo a", "make b")
    assert line_of(loaded, second.place)[1].strip("'\"-] ") == "make b"


def test_places_are_exact_inside_commands_of_several_lines() -> None:
    text = "|\n  phases:\n    build:\n      commands:\n        - |\n          one\n          two\n        - three\n"
    loaded = scanned(written(text))
    [block, last] = commands(the_buildspec(loaded))
    assert line_of(loaded, block.place)[1] == "one"
    assert line_of(loaded, block.place.below(1))[1] == "two"
    assert line_of(loaded, last.place)[1] == "- three"


def test_a_substituted_value_of_several_lines_leaves_only_the_text_as_the_place() -> None:
    spec = '"env: {variables: {A: \\"${A}\\"}}\\nphases: {build: {commands: [make]}}"'
    text = f'!Sub [{spec}, {{A: "x\\n\\ny"}}]'
    loaded = scanned(written(text))
    [command] = commands(the_buildspec(loaded))
    assert command.place.line is None


def test_what_is_known_only_at_deployment_stays_unknown_inside_its_command() -> None:
    text = "!Sub |\n  phases: {build: {commands: ['aws s3 ls ${AWS::Region}', pwd]}}\n"
    [listing, place] = commands(the_buildspec(scanned(written(text))))
    assert isinstance(listing, Unknown)
    assert spelled(listing) == "aws s3 ls ${AWS::Region}"
    assert known(place) == "pwd"


def test_json_text_is_read_as_well() -> None:
    text = '\'{"version": "0.2", "phases": {"build": {"commands": ["make"]}}}\''
    assert [known(command) for command in commands(the_buildspec(scanned(written(text))))] == ["make"]


def test_a_text_that_is_no_yaml_is_unknown_and_no_error() -> None:
    loaded = scanned(written("|\n  phases: [\n"))
    found = buildspec_of(loaded)
    assert isinstance(found, Unknown)
    assert found.reason is Reason.INVALID_VALUE
    assert not loaded.errors


def test_the_whole_structure() -> None:
    spec = the_buildspec(
        scanned(
            written(
                """\
                |
                  version: 0.2
                  run-as: builder
                  env:
                    shell: bash
                    variables: {STAGE: dev}
                    parameter-store: {HOST: /shop/host}
                    secrets-manager: {TOKEN: "shop:token"}
                    exported-variables: [TAG]
                    git-credential-helper: yes
                  batch:
                    fast-fail: true
                    build-list:
                      - identifier: arm
                        buildspec: arm.yml
                        ignore-failure: true
                        env: {image: arm, privileged-mode: true, variables: {ARCH: arm}}
                  phases:
                    post_build: {commands: [push], finally: [clean]}
                    install: {runtime-versions: {python: 3.12}, commands: install, on-failure: CONTINUE}
                  reports:
                    unit: {files: [a.xml], file-format: JUNITXML, base-directory: out}
                  artifacts:
                    files: ["**/*"]
                    secondary-artifacts: {docs: {files: [docs], base-directory: site}}
                  cache: {paths: [/root/.m2]}
                """
            )
        )
    )
    assert (known(spec.version), known(spec.run_as), known(spec.shell)) == ("0.2", "builder", "bash")
    assert known(spec.variables.get("STAGE")) == "dev"
    assert known(spec.parameter_store.get("HOST")) == "/shop/host"
    assert known(spec.secrets_manager.get("TOKEN")) == "shop:token"
    assert [known(name) for name in values(spec.exported_variables)] == ["TAG"]
    [install, post] = values(spec.phases)
    assert (install.name, known(install.on_failure), known(install.runtimes.get("python"))) == (
        "install",
        "CONTINUE",
        "3.12",
    )
    assert [known(command) for command in values(install.commands)] == ["install"]
    assert [known(command) for command in values(post.finally_commands)] == ["clean"]
    [primary, docs] = values(spec.artifacts)
    assert isinstance(primary.identifier, Absent)
    assert (known(docs.identifier), known(docs.base_directory)) == ("docs", "site")
    [report] = values(spec.reports)
    assert (known(report.group), known(report.file_format)) == ("unit", "JUNITXML")
    assert isinstance(spec.batch, Known)
    [entry] = values(spec.batch.value.entries)
    assert known(spec.batch.value.kind) == "build-list"
    assert known(spec.batch.value.fast_fail) is True
    assert (known(entry.privileged), known(entry.ignore_failure), known(entry.buildspec)) == (True, True, "arm.yml")
    assert [known(path) for path in values(spec.cache_paths)] == ["/root/.m2"]


NAMED = with_source(" {Type: CODEPIPELINE, BuildSpec: ci/build.yml}\n")
UNNAMED = with_source(" {Type: CODEPIPELINE}\n")


@pytest.mark.parametrize(
    ("template", "file"),
    [
        (NAMED, "infra/ci/build.yml"),
        (NAMED, "ci/build.yml"),
        (UNNAMED, "buildspec.yml"),
        (UNNAMED, "infra/buildspec.yaml"),
    ],
)
def test_a_file_beside_the_template_or_at_the_root_is_the_build_specification(template: str, file: str) -> None:
    loaded = scanned(template, Texts({file: SPEC.encode()}), "infra/template.yaml")
    [command] = commands(the_buildspec(loaded))
    assert line_of(loaded, command.place) == (file, "- make")
    found = buildspec_of(loaded)
    assert isinstance(found, Known)
    assert [(step.kind, step.name) for step in found.via] == [("buildspec-file", file)]


def test_two_files_of_the_name_are_not_chosen_between() -> None:
    tree = Texts({"infra/ci/build.yml": SPEC.encode(), "ci/build.yml": SPEC.encode()})
    found = buildspec_of(scanned(NAMED, tree, "infra/template.yaml"))
    assert isinstance(found, Unknown)
    assert found.reason is Reason.AMBIGUOUS_NAME


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        (NAMED, Reason.NOT_SCANNED),
        (UNNAMED, Reason.NOT_SCANNED),
        (with_source(" {Type: CODEPIPELINE, BuildSpec: 'arn:aws:s3:::specs/build.yml'}\n"), Reason.NOT_SCANNED),
        (with_source(" {Type: CODEPIPELINE, BuildSpec: !Sub '${AWS::Region}/build.yml'}\n"), Reason.PSEUDO_PARAMETER),
    ],
)
def test_what_is_kept_elsewhere_is_unknown(template: str, reason: Reason) -> None:
    found = buildspec_of(scanned(template))
    assert isinstance(found, Unknown)
    assert found.reason is reason


def test_without_a_source_there_is_none() -> None:
    tree = Texts({"buildspec.yml": SPEC.encode()})
    assert isinstance(buildspec_of(scanned(with_source(" {Type: NO_SOURCE}\n"), tree)), Absent)


def test_a_broken_file_is_unknown_and_says_why() -> None:
    found = buildspec_of(scanned(NAMED, Texts({"ci/build.yml": b"phases: [\n"})))
    assert isinstance(found, Unknown)
    assert "ci/build.yml cannot be read" in found.detail


def test_files_are_read_below_the_roots_alone_and_never_through_links(tmp_path: Path) -> None:
    (tmp_path / "secret.yml").write_text(SPEC)
    folder = tmp_path / "scanned"
    folder.mkdir()
    (folder / "plain.yml").write_text(SPEC)
    (folder / "link.yml").symlink_to(tmp_path / "secret.yml")
    (folder / "out").symlink_to(tmp_path)
    tree = Folders(tmp_path, ("scanned",))
    assert tree.read("scanned/plain.yml") == SPEC.encode()
    for path in ("scanned/../secret.yml", "secret.yml", "scanned/link.yml", "scanned/out/secret.yml", "scanned"):
        assert tree.read(path) is None, path
    assert Folders(folder, (".",)).read("../secret.yml") is None


PIPELINE = """
Resources:
  Pipeline:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - Name: Build
          Actions:
            - Name: Build
              ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}
              Configuration:
                ProjectName: shop
                BuildspecOverride: |
                  phases:
                    build:
                      commands:
                        - make release
"""


def test_an_action_may_override_what_is_built() -> None:
    loaded = scanned(PIPELINE)
    [pipeline] = values(loaded.inventory.all(Pipeline))
    [stage] = values(pipeline.stages)
    [action] = values(stage.actions)
    assert isinstance(action.buildspec, Known)
    [command] = commands(action.buildspec.value)
    assert line_of(loaded, command.place)[1] == "- make release"
