"""Random trees written as YAML and JSON in random ways, with the place of every token noted while writing."""

import json
import re
from dataclasses import dataclass
from random import Random

import yaml
from hypothesis import strategies as st

from pipecheck.syntax.document import Tagged
from pipecheck.values.place import Route, Span

YAML_BREAKS = ("\r\n", "\n", "\r", "\x85", "\u2028", "\u2029")
JSON_BREAKS = ("\r\n", "\n", "\r")


@dataclass(frozen=True)
class Written:
    """A value that has to be written in one way, such as `0x1F` for 31."""

    token: str
    value: object


@dataclass(frozen=True)
class Rendered:
    """A text, the tree it stands for, and the offsets of its tokens by route."""

    text: str
    tree: object
    scalars: dict[Route, tuple[int, int]]
    keys: dict[Route, tuple[int, int]]


def span_at(text: str, start: int, end: int, breaks: tuple[str, ...]) -> Span:
    """Lines and columns counted one character after the other."""
    line, column = 1, 1
    position = 0
    seen: list[tuple[int, int]] = []
    for offset in (start, end):
        while position < offset:
            found = next((mark for mark in breaks if text.startswith(mark, position)), None)
            if found is None:
                position, column = position + 1, column + 1
            else:
                position, line, column = position + len(found), line + 1, 1
        seen.append((line, column))
    return Span(*seen[0], *seen[1])


ODD_TEXTS = (
    *("", " ", "~", "null", "true", "No", "123", "012", "0x1F", "1:30", "1.5", ".5", ".inf", "2012-10-17", "<<", "="),
    *(" lead", "trail ", "a: b", "a #b", "# x", "- x", "-", "*", "&x", "!x", "%x", "@x", "`", "[a", "{a}", "a, b"),
    *("?", "'", '"', "it's", "\\", "C:\\n", "${A}", "\ttab", "a\tb", "é ü", "\U0001f600", "x\U0001f600y z", "\xa0"),
    *("one\ntwo", "one\n\ntwo", "one\n", "one\n\n", "\none", "  in\nout", "in\n  out\nin", "a\n \nb"),
    *("a b c d e", "|", ">", "…"),
)
_NUMBERS_AND_WORDS = (
    *("1", "-7", "+3", "0", "010", "0x1F", "0b11", "1_000", "190:20:30", "1.5", "-.5e+3", "1.", "1e3", ".5", ".inf"),
    *("-.INF", "1:30.5", "true", "True", "NO", "off", "yes", "null", "~", "Null", "0o14", "08", "1.2.3", "9" * 30),
)
_DATES = ("2012-10-17", "2001-12-14t21:59:43.10-05:00")
WRITTEN = (
    *(Written(token, yaml.safe_load(token)) for token in _NUMBERS_AND_WORDS),
    *(Written(date, date) for date in _DATES),
)

_phrases = st.lists(st.sampled_from(("a", "bc", "dé", "f-g", "h/i.j", "k_1", "\U0001f600", "l")), max_size=6)
_texts = st.one_of(
    _phrases.map(" ".join),
    st.sampled_from(ODD_TEXTS),
    st.text(alphabet="ab \n:#-'\"\\,[]{}é\U0001f600\t!&*%@`|>", max_size=12),
)
_keys = st.one_of(_texts, st.sampled_from(("Name", "Type", "1", "true", "Fn::If", "~")))
_tags = st.sampled_from(("!Ref", "!Sub", "!a.b", "!!python/x"))


def _containers(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    either = st.one_of(st.lists(inner, max_size=4), st.dictionaries(_keys, inner, max_size=4))
    return st.one_of(either, either, st.builds(Tagged, _tags, either))


yaml_trees: st.SearchStrategy[object] = st.recursive(
    st.one_of(_texts, _texts, st.sampled_from(WRITTEN), st.builds(Tagged, _tags, _texts)), _containers, max_leaves=20
)
yaml_documents = st.builds(
    lambda tree, random: YamlWriter(random).document(tree),
    st.one_of(
        yaml_trees,
        st.lists(yaml_trees, min_size=3, max_size=6),
        st.dictionaries(_keys, yaml_trees, min_size=3, max_size=6),
    ),
    st.randoms(use_true_random=False),
)

json_trees: st.SearchStrategy[object] = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), _texts,
        st.sampled_from((10**40, "\x7f\x85\u2028", "\x00\x1b")),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_texts, inner, max_size=4)),
    max_leaves=20,
)  # fmt: skip
json_documents = st.builds(
    lambda tree, random: JsonWriter(random).document(tree), json_trees, st.randoms(use_true_random=False)
)


def _is_plain(text: str) -> bool:
    """Whether the text can stand without quotes anywhere and is still text."""
    words = re.fullmatch(r"[a-zé\U0001f600][\w/.\U0001f600-]*( [\w\U0001f600][\w/.\U0001f600-]*)*", text)
    return words is not None and isinstance(yaml.safe_load(text), str)


class YamlWriter:
    """Writes one tree; every choice comes from `random`."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.parts: list[str] = []
        self.length = 0
        self.line_break = random.choice(("\n", "\n", "\r\n", "\r"))
        self.after_block = False
        self.anchors: list[tuple[str, object]] = []
        self.scalars: dict[Route, tuple[int, int]] = {}
        self.keys: dict[Route, tuple[int, int]] = {}

    def document(self, tree: object) -> Rendered:
        for _ in range(self.random.randrange(3)):
            self.write(self.random.choice(("# é\U0001f600 comment", "", "#")) + self.line_break)
        if self.random.random() < 0.3:
            self.write("---")
            self.end_line()
        if isinstance(tree, dict | list) and tree and self.chance():
            value = self.block_container(tree, (), 0)
        else:
            value = self.inline(tree, (), -1)
        if self.chance():
            self.end_line()
        return Rendered("".join(self.parts), value, self.scalars, self.keys)

    def chance(self, probability: float = 0.5) -> bool:
        return self.random.random() < probability

    def write(self, text: str) -> tuple[int, int]:
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return start, self.length

    def end_line(self) -> None:
        """End the line, unless a block of text has done so, perhaps with comments and blank lines."""
        if self.after_block:
            self.after_block = False
            return
        if self.chance(0.2):
            self.write(" # \U0001f600: 'x")
        self.write(self.line_break)
        if self.chance(0.1):
            self.write(self.random.choice(("   ", "", "# - x: y")) + self.line_break)

    def block_container(self, tree: object, route: Route, column: int) -> object:
        """A block mapping or list whose first entry begins here, at `column`."""
        if isinstance(tree, dict):
            return self.block_mapping(tree, route, column)
        assert isinstance(tree, list)
        items = []
        for index, item in enumerate(tree):
            if index:
                self.end_line()
                self.write(" " * column)
            self.write("-")
            items.append(self.block_value(item, (*route, index), column, dash=True))
        return items

    def block_mapping(self, tree: dict[str, object], route: Route, column: int) -> object:
        entries: dict[str, object] = {}
        for index, (key, item) in enumerate(tree.items()):
            if index:
                self.end_line()
                self.write(" " * column)
            explicit = self.chance(0.1)
            if explicit:
                self.write("? ")
            self.key(key, (*route, key))
            if explicit:
                self.end_line()
                self.write(" " * column)
            else:
                self.write(" " * self.random.choice((0, 0, 0, 1)))
            self.write(":")
            entries[key] = self.block_value(item, (*route, key), column, dash=False)
        return entries

    def block_value(self, tree: object, route: Route, column: int, *, dash: bool) -> object:
        """What follows a dash or a colon in a block at `column`."""
        if isinstance(tree, dict | list) and tree and self.chance(0.75):
            spaces = self.random.choice((1, 1, 2, 3))
            if dash and self.chance():
                self.write(" " * spaces)
                return self.block_container(tree, route, column + 1 + spaces)
            anchor = self.anchor()
            self.end_line()
            inner = column + self.random.choice((1, 2, 2, 4))
            if not dash and isinstance(tree, list):
                inner = column + self.random.choice((0, 2))
            self.write(" " * inner)
            value = self.block_container(tree, route, inner)
            if anchor:
                self.anchors.append((anchor, value))
            return value
        self.write(" " * self.random.choice((1, 1, 2)))
        if isinstance(tree, str) and self.chance(0.3) and self.block_scalar(tree, route, column, ""):
            return tree
        if isinstance(tree, Tagged) and isinstance(tree.value, str) and self.chance(0.3):
            done = self.block_scalar(tree.value, route, column, tree.tag + " ")
            return tree if done else self.inline(tree, route, column)
        return self.inline(tree, route, column)

    def anchor(self) -> str | None:
        if self.chance(0.9):
            return None
        name = f"a-{len(self.anchors)}_{self.length}"
        self.write(f" &{name}")
        return name

    def inline(self, tree: object, route: Route, column: int) -> object:
        """A scalar, an alias or a flow container, whose further lines are indented beyond `column`."""
        if self.anchors and self.chance(0.1):
            name, value = self.random.choice(self.anchors)
            place = self.write(f"*{name}")
            self.write(" ")
            if not isinstance(value.value if isinstance(value, Tagged) else value, dict | list):
                self.scalars[route] = place
            return value
        name = f"a{len(self.anchors)}_{self.length}" if self.chance(0.1) else ""
        if name:
            self.write(f"&{name}" + self.random.choice((" ", "  ")))
        start = self.length
        if isinstance(tree, Tagged):
            self.write(tree.tag + self.random.choice((" ", "  ")))
            value = Tagged(tree.tag, self.untagged(tree.value, route, column))
            if route in self.scalars:
                self.scalars[route] = start, self.scalars[route][1]
        else:
            if isinstance(tree, str) and self.chance(0.05):
                self.write("!!str ")
            value = self.untagged(tree, route, column)
        if name:
            self.anchors.append((name, value))
        return value

    def untagged(self, tree: object, route: Route, column: int) -> object:
        if isinstance(tree, dict | list):
            return self.flow_container(tree, route, column)
        if isinstance(tree, Written):
            self.scalars[route] = self.write(tree.token)
            return tree.value
        assert isinstance(tree, str)
        self.scalars[route] = self.write(self.flow_scalar(tree, " " * (column + 1 + self.random.randrange(3)) + " "))
        return tree

    def flow_container(self, tree: object, route: Route, column: int) -> object:
        assert isinstance(tree, dict | list)
        opening, closing = "{}" if isinstance(tree, dict) else "[]"
        self.write(opening)
        entries: dict[str, object] = {}
        items: list[object] = []
        for index, key in enumerate(tree):
            if index:
                self.write(",")
            self.flow_gap(column)
            if isinstance(tree, dict):
                self.key(key, (*route, key))
                self.write(self.random.choice((": ", " : ")))
                entries[key] = self.inline(tree[key], (*route, key), column)
            else:
                items.append(self.inline(key, (*route, index), column))
        if tree:
            self.flow_gap(column)
        self.write(closing)
        return entries if isinstance(tree, dict) else items

    def flow_gap(self, column: int) -> None:
        if self.chance(0.2):
            self.end_line()
            self.write(" " * (column + 1 + self.random.randrange(4)) + " ")
        else:
            self.write(" " * self.random.choice((1, 1, 2)))

    def key(self, key: str, route: Route) -> None:
        name = self.chance(0.03)
        if name:
            self.write(f"&k{self.length} ")
        plain = _is_plain(key) or key in {"1", "true", "~", "null", "123", "012"}
        if plain and self.chance(0.7):
            self.keys[route] = self.write(key)
        elif not self.fits_single(key) or self.chance():
            self.keys[route] = self.write(self.double(key, None))
        else:
            self.keys[route] = self.write("'" + key.replace("'", "''") + "'")

    def flow_scalar(self, text: str, indent: str) -> str:
        """The text plain or in quotes, now and then over several lines."""
        fold = f"{self.line_break}{indent}"
        if _is_plain(text) and self.chance(0.6):
            return self.folded(text, fold)
        if self.fits_single(text) and self.chance():
            return "'" + self.folded(text.replace("'", "''"), fold) + "'"
        return self.double(text, fold)

    def folded(self, text: str, fold: str) -> str:
        """Some single spaces between words become line breaks."""
        return re.sub(r"(?<=[^\s]) (?=[^\s])", lambda _: fold if self.chance(0.15) else " ", text)

    def fits_single(self, text: str) -> bool:
        return re.fullmatch("[ -~\xa0-\ud7ff\ue000-\ufefe\U00010000-\U0010ffff]*", text) is not None

    def double(self, text: str, fold: str | None) -> str:
        """In double quotes, with a line break for some spaces where `fold` gives one."""
        pieces = []
        for index, character in enumerate(text):
            between = 0 < index < len(text) - 1 and not (text[index - 1] + text[index + 1]).isspace()
            if character == " " and fold and between and text[index - 1] not in " \t\n" and self.chance(0.1):
                pieces.append(fold if text[index + 1] not in " \t\n" else " ")
            elif fold and 0 < index < len(text) and self.chance(0.03):
                pieces.append("\\" + fold + self.escaped(character))
            elif character in '"\\\n' or not self.fits_single(character) or self.chance(0.1):
                pieces.append(self.escaped(character))
            else:
                pieces.append(character)
        return '"' + "".join(pieces) + '"'

    def escaped(self, character: str) -> str:
        short = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\", " ": "\\ ", "\xa0": "\\_"}
        if character in short and self.chance(0.8):
            return short[character]
        code = ord(character)
        return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08x}"

    def block_scalar(self, text: str, route: Route, column: int, tag: str) -> bool:
        """The text as a literal or folded block, if it can be one."""
        lines = text.rstrip("\n").split("\n")
        first = next((line for line in lines if line), "")
        if not first.strip() or not all(self.fits_single(line.replace("\t", " ")) for line in lines):
            return False
        trailing = len(text) - len(text.rstrip("\n"))
        explicit = first[0] in " \t" or self.chance(0.2)
        indent = self.random.randrange(1, 5)
        foldable = not any(line.startswith((" ", "\t")) for line in lines)
        style = ">" if foldable and self.chance() else "|"
        chomping = "-" if trailing == 0 else "+" if trailing > 1 else self.random.choice(("", "+"))
        indicator = str(indent) if explicit else ""
        header = style + (indicator + chomping if self.chance() else chomping + indicator)
        self.scalars[route] = self.write(tag + header)
        self.write(self.random.choice(("", " # x: |")) + self.line_break)
        margin = " " * (column + indent) if column >= 0 else " " * indent
        source = self.fold_lines(lines) if style == ">" else lines
        for line in source + [""] * (trailing - 1):
            self.write((margin + line if line else "") + self.line_break)
        self.after_block = True
        return True

    def fold_lines(self, lines: list[str]) -> list[str]:
        """The source lines of a folded block: one blank line more between two lines, a break for some spaces."""
        source: list[str] = []
        for line in lines:
            if line and any(source):
                source.append("")
            spaces = r"(?<=[^\s]) (?=[^\s])"
            source += re.sub(spaces, lambda _: "\n" if self.chance(0.2) else " ", line).split("\n")
        return source


class JsonWriter:
    """Writes one tree as JSON; every choice comes from `random`."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.parts: list[str] = []
        self.length = 0
        self.scalars: dict[Route, tuple[int, int]] = {}
        self.keys: dict[Route, tuple[int, int]] = {}

    def document(self, tree: object) -> Rendered:
        self.gap()
        self.value(tree, ())
        self.gap()
        return Rendered("".join(self.parts), tree, self.scalars, self.keys)

    def write(self, text: str) -> tuple[int, int]:
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return start, self.length

    def gap(self) -> None:
        for _ in range(self.random.choice((0, 0, 1, 1, 3))):
            self.write(self.random.choice((" ", "\n", "\r\n", "\t", "\r")))

    def value(self, tree: object, route: Route) -> None:
        if not isinstance(tree, dict | list):
            self.scalars[route] = self.write(self.scalar(tree))
            return
        self.write("{" if isinstance(tree, dict) else "[")
        for index, key in enumerate(tree):
            if index:
                self.write(",")
            self.gap()
            if isinstance(tree, dict):
                self.keys[*route, key] = self.write(self.scalar(key))
                self.gap()
                self.write(":")
                self.gap()
                self.value(tree[key], (*route, key))
            else:
                self.value(key, (*route, index))
            self.gap()
        if not tree:
            self.gap()
        self.write("}" if isinstance(tree, dict) else "]")

    def scalar(self, value: object) -> str:
        return json.dumps(value, ensure_ascii=self.random.random() < 0.5)
