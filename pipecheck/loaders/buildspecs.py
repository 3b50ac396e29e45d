"""Finds build specifications: in a text of the input, in a structure of it, or in a file of the scanned folder."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Sequence
from functools import partial

from pipecheck.errors import InputError
from pipecheck.loaders.decode.buildspec import decode_buildspec
from pipecheck.loaders.node import Branch, Node
from pipecheck.loaders.plain import PlainScope
from pipecheck.loaders.source_tree import SourceTree, is_below
from pipecheck.loaders.texts import marked_parts, restored
from pipecheck.model.buildspec import Buildspec
from pipecheck.syntax.document import Document
from pipecheck.syntax.read import read
from pipecheck.values import Absent, Guard, Known, Place, Reason, Route, Step, Unknown, Value
from pipecheck.values.record import record, replace

_DEFAULT_FILES = ("buildspec.yml", "buildspec.yaml")
"""https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec-ref-name-storage"""


class Buildspecs:
    """The build specifications of one inventory. `documents` are the files that were read for them, by name."""

    def __init__(self, tree: SourceTree) -> None:
        self.documents: dict[str, Document] = {}
        self._tree = tree

    def written(self, text: Value[str], node: Node, key: str) -> Value[Buildspec]:
        """The one that a text of the input gives: its own, or the file that it names.

        `node` and `key` lead to where the text is written. Absent where nothing is written.
        """
        structure = node.structure(key)
        if structure is not None:
            return Known(decode_buildspec(structure), structure.place)
        return self._of(text, partial(node.lines, key))

    def default(self, place: Place) -> Value[Buildspec]:
        """The file that a build takes from its source where nothing names another."""
        found = [file for name in _DEFAULT_FILES if isinstance(file := self._file(name, place), Known)]
        if found:
            return found[0]
        detail = f"{_DEFAULT_FILES[0]} of the source is not in the input"
        return Unknown(Reason.NOT_SCANNED, detail, place)

    def beside(self, source: str, path: str) -> str | None:
        """The text of a file that `source` names, beside it or at the root of the scanned folder."""
        return file_beside(self._tree, source, path)

    def _of(self, text: Value[str], lines: Callable[[], tuple[Place, ...]]) -> Value[Buildspec]:
        match text:
            case Absent():
                return text
            case Known(written) if not _is_content(written):
                return self._file(written, text.place)
            case Unknown(pieces=(), candidates=candidates):
                options = tuple(self._of(option, tuple) for option in candidates)
                return Unknown(text.reason, text.detail, text.place, options, text.written, via=text.via)
            case Unknown(pieces=pieces) if not any(isinstance(p, str) and _is_content(p) for p in pieces):
                return Unknown(text.reason, text.detail, text.place, via=text.via)
            case _:
                return _in_text(text, lines())

    def _file(self, name: str, place: Place) -> Value[Buildspec]:
        """The one in a file beside the input that names it, or at the root of the scanned folder."""
        if name.startswith("arn:"):
            return Unknown(Reason.NOT_SCANNED, f"the build specification {name} is kept in S3", place)
        folder = posixpath.dirname(place.source)
        roots = [root for root in self._tree.roots if is_below(place.source, root)]
        paths = dict.fromkeys(posixpath.normpath(posixpath.join(base, name)) for base in [folder, *roots])
        found = [(path, document) for path in paths if (document := self._document(path, place)) is not None]
        if not found:
            return Unknown(Reason.NOT_SCANNED, f"the build specification {name} is not in the input", place)
        if len(found) > 1:
            listed = " or ".join(path for path, _ in found)
            return Unknown(Reason.AMBIGUOUS_NAME, f"the build specification {name} may be {listed}", place)
        [(path, document)] = found
        if isinstance(document, Unknown):
            return document
        node = Node(document.root, Place(path, ()), _FileScope())
        return Known(decode_buildspec(node), place, (Step("buildspec-file", path, Place(path, ())),))

    def _document(self, path: str, place: Place) -> Document | Unknown | None:
        if path not in self.documents:
            data = self._tree.read(path)
            if data is None:
                return None
            try:
                document = read(data, path)
            except InputError as error:
                return _unreadable(f"{path} cannot be read: {error.message}", place)
            if not isinstance(document.root, dict):
                return _unreadable(f"{path} holds no build specification", place)
            self.documents[path] = document
        return self.documents[path]


def file_beside(tree: SourceTree, source: str, path: str) -> str | None:
    """See `Buildspecs.beside`."""
    if path.startswith("/") or "\0" in path:
        return None
    roots = [root for root in tree.roots if is_below(source, root)]
    for base in dict.fromkeys([posixpath.dirname(source), *roots]):
        data = tree.read(posixpath.normpath(posixpath.join(base, path)))
        if data is not None:
            return data.decode("utf-8", "replace")
    return None


def buildspec_file(document: Document) -> Buildspec | None:
    """The build specification that a file of its own is; None where it is none."""
    root = document.root
    if not isinstance(root, dict) or not isinstance(root.get("phases"), dict):
        return None
    return decode_buildspec(Node(root, Place(document.uri, ()), _FileScope()))


def _is_content(text: str) -> bool:
    """Whether a text is a build specification and not the path of one."""
    start = text.lstrip()
    return "\n" in text or ": " in text or (start.startswith("{") and not start.startswith("{{"))


def _unreadable(detail: str, place: Place) -> Unknown:
    return Unknown(Reason.INVALID_VALUE, detail, place)


def _in_text(text: Known[str] | Unknown, lines: tuple[Place, ...]) -> Value[Buildspec]:
    """The one in a text, whose unknown parts are taken for single words that change nothing of its structure."""
    marked, holes = marked_parts(text)
    try:
        document = read(marked, text.place.source)
    except InputError as error:
        line = "" if error.line is None else f" in its line {error.line}"
        return _unreadable(f"the build specification cannot be read{line}: {error.message}", text.place)
    if not isinstance(document.root, dict):
        return _unreadable("the text holds no build specification", text.place)
    exact = lines if len(lines) == marked.count("\n") + 1 else ()
    scope = _TextScope(document, text.place, exact, tuple(holes))
    node = Node(document.root, text.place, scope)
    return Known(decode_buildspec(node), text.place, text.via)


class _FileScope(PlainScope):
    """The scope of a file of its own, in which the place of a text is its first line."""

    def settle(self, raw: object, place: Place, case: Guard) -> Value[Node]:
        """See `Scope.settle`."""
        return super().settle(raw, replace(place, line=0) if isinstance(raw, str) else place, case)


@record
class _TextScope:
    """The scope of a document inside a text: places lead to the lines of the text, unknown parts are put back.

    The places of its nodes have the route of the text with the route in the document after it; what decoders take
    from them is the place of a line: of scalars, and as the owner of containers.
    """

    document: Document
    home: Place
    written: Sequence[Place]
    holes: tuple[Unknown, ...]

    def settle(self, raw: object, place: Place, case: Guard) -> Value[Node]:
        """See `Scope.settle`."""
        at = self._line(place.route[len(self.home.route) :])
        if isinstance(raw, dict | list):
            return Known(Node(raw, place, self, case, owner=at), at)
        if isinstance(raw, str):
            text = restored(raw, self.holes, at)
            if not isinstance(text, Known):
                return replace(text, place=at) if isinstance(text, Unknown) else text
            raw = text.value
        return Known(Node(raw, at, self, case), at)

    def branches(self, raw: object, place: Place, case: Guard) -> tuple[Branch, ...] | None:  # noqa: ARG002
        """There are no conditionals."""
        return None

    def lines(self, raw: object, place: Place, case: Guard) -> tuple[Place, ...]:  # noqa: ARG002 - all at one line
        """See `Scope.lines`."""
        return (place,)

    def structure(self, raw: object, place: Place, case: Guard) -> Node | None:  # noqa: ARG002 - see branches
        """Texts are written as such."""
        return None

    def _line(self, route: Route) -> Place:
        if not self.written:
            return self.home
        first = self.document.content_line(route, 0)
        line = (first or self.document.span(route)).line
        return self.written[min(line, len(self.written)) - 1]
