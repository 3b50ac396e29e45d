"""What was there before: the baseline of a scan, or the inputs as they are in a git revision."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath

from pipecheck.app.revision import file_at, files_at, root_of
from pipecheck.app.scan import STDIN, Group, ScanRequest, shown
from pipecheck.engine.baseline import Baseline, baseline_of, baseline_text, moved, read_baseline, without
from pipecheck.engine.config.configuration import Configuration
from pipecheck.errors import UsageError
from pipecheck.findings.finding import Comparison, Finding, KnownFinding
from pipecheck.loaders.detect import may_hold_input
from pipecheck.loaders.load import Input
from pipecheck.loaders.source_tree import Texts
from pipecheck.syntax.limits import Limits


def baseline_for(request: ScanRequest, configuration: Configuration) -> Baseline:
    """The baseline that the request or the configuration names, with paths as this scan reports them.

    Raises UsageError where it cannot be read.
    """
    file = request.baseline or configuration.baseline or ""
    path = request.cwd / file
    source = shown(file, request.cwd)
    if request.baseline is None and configuration.revision is not None:
        root = root_of(path.parent)
        text = file_at(root, configuration.revision, path.relative_to(root).as_posix())
        if text is None:
            raise UsageError(f"the baseline is not in revision {configuration.revision}", source=source)
    else:
        try:
            text = path.read_bytes()
        except OSError as error:
            help = ("write one with: pipecheck baseline write FILE",)
            message = f"the baseline cannot be read: {error.strerror or error}"
            raise UsageError(message, source=source, help=help) from None

    def name(hint: str, own: bool) -> str:
        return shown(str((path.parent if own else _sarif_root(request.cwd)) / hint), request.cwd)

    return read_baseline(text, source, name)


def _sarif_root(cwd: Path) -> Path:
    """What the names in SARIF are relative to: the root of the repository, else the current folder."""
    try:
        return root_of(cwd)
    except UsageError:
        return cwd


def written_baseline(findings: Iterable[Finding], file: str, cwd: Path) -> str:
    """The text of a baseline of some findings, for `file`, to whose folder its paths are relative."""
    return baseline_text(baseline_of(findings, file, _hint(file, cwd)))


def pruned_baseline(baseline: Baseline, comparison: Comparison, file: str, cwd: Path) -> str:
    """The text of a baseline without what was fixed. Raises UsageError where it is no file of ours."""
    if not baseline.own:
        raise UsageError(
            "SARIF cannot be pruned", source=file, help=("write a baseline: pipecheck baseline write FILE",)
        )
    return baseline_text(moved(without(baseline, comparison.fixed), _hint(file, cwd)))


def _hint(file: str, cwd: Path) -> Callable[[str], str]:
    folder = (cwd / file).parent
    return lambda uri: Path(os.path.relpath(cwd / uri, folder)).as_posix()


def looked_at(
    request: ScanRequest, documents: Iterable[str], ran: Iterable[str], known: Iterable[str]
) -> Callable[[KnownFinding], bool]:
    """Whether this scan would have found a known finding: its rule ran, and its file was read or is gone."""
    read, rules, bundled = set(documents), set(ran), set(known)
    gone: dict[str, bool] = {}
    folders = [PurePosixPath(shown(path, request.cwd)) for path in request.paths if path != STDIN]

    def would_be_found(one: KnownFinding) -> bool:
        if one.rule not in rules and one.rule in bundled:
            return False
        if not one.path or one.path in read:
            return True
        if one.path not in gone:
            path = PurePosixPath(one.path)
            scanned = any(path.is_relative_to(folder) for folder in folders)
            gone[one.path] = scanned and not (request.cwd / path).exists()
        return gone[one.path]

    return would_be_found


def groups_at(request: ScanRequest) -> list[Group]:
    """The inputs of the request as they are in the revision `diff_base`.

    A file that is not there has no findings. Raises UsageError where git cannot tell.
    """
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - only for a revision

    excluded = GitIgnoreSpec.from_lines(request.exclude)
    folders: list[Group] = []
    named: list[Input] = []
    beside: dict[str, bytes] = {}
    for path in request.paths:
        if path == STDIN:
            raise UsageError("--diff-base cannot tell what - was in a revision", help=("name files or folders",))
        absolute = Path(os.path.abspath(request.cwd / path))  # noqa: PTH100 - resolve() would follow links
        root = root_of(absolute)
        if absolute.is_dir():
            texts = _texts(root, request, absolute)
            folder = PurePosixPath(shown(path, request.cwd))
            inputs = (
                Input(uri, data)
                for uri, data in texts.items()
                if _is_searched(PurePosixPath(uri).relative_to(folder), excluded) and may_hold_input(data)
            )
            folders.append(Group(tuple(inputs), (), (), Texts(texts, (str(folder),))))
        else:
            beside |= _texts(root, request, absolute.parent)
            uri = shown(path, request.cwd)
            if uri in beside:
                named.append(Input(uri, beside[uri]))
    roots = (".", *dict.fromkeys(str(PurePosixPath(entry.uri).parent) for entry in named))
    return [*folders, Group(tuple(named), (), (), Texts(beside, roots))] if named else folders


def _texts(root: Path, request: ScanRequest, folder: Path) -> dict[str, bytes]:
    inside = folder.relative_to(root).as_posix()
    found = files_at(root, request.diff_base or "", "" if inside == "." else inside, Limits().bytes)
    return {shown(str(root / name), request.cwd): data for name, data in found.items()}


def _is_searched(path: PurePosixPath, excluded: object) -> bool:
    return not any(part.startswith(".") for part in path.parts[:-1]) and not excluded.match_file(str(path))  # type: ignore[attr-defined]
