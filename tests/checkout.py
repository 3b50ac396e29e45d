"""The project as a newcomer gets it: the working tree without what git ignores."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from pathspec import GitIgnoreSpec

ROOT = Path(__file__).parent.parent


def listed_files() -> list[str]:
    """Paths, relative to the root and with slashes, of all files that a fresh clone would hold.

    Uncommitted files count, and git is not asked, so that this works in an unpacked source distribution too.
    """
    ignored = GitIgnoreSpec.from_lines([".git/", *(ROOT / ".gitignore").read_text("utf-8").splitlines()])

    def walk(folder: Path) -> Iterator[str]:
        for path in sorted(folder.iterdir()):
            name = path.relative_to(ROOT).as_posix()
            if path.is_dir():
                if not ignored.match_file(f"{name}/"):
                    yield from walk(path)
            elif not ignored.match_file(name):
                yield name

    return list(walk(ROOT))


def clone_to(folder: Path) -> Path:
    """Copies the listed files into the folder, which need not exist, and returns it."""
    for name in listed_files():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target)
    return folder
