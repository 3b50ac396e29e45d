"""What a shell text says: commands, how they are joined, and where each stands.

Only what decides which commands run and with what status is told apart; what is not understood is `Unclear`.
The language: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html and
https://www.gnu.org/software/bash/manual/bash.html.
"""

from __future__ import annotations

from typing import TypeAlias

from pipecheck.values.record import record


@record
class Stretch:
    """A part of the text, by character offsets counted from 0; `end` is exclusive."""

    start: int
    end: int


@record
class Variable:
    """`$name`; `name` is also `?`, `!`, `@`, `PIPESTATUS[0]` …

    `operator` and `operand` are those of `${name:-operand}`, "" where there is none. A `${…}` that does more has the
    operator `?`, as far as its value goes.
    """

    name: str
    operator: str = ""
    operand: str = ""


@record
class Substitution:
    """`$(…)` or backquotes; `process` says that it is `<(…)` or `>(…)`, whose status nobody sees."""

    body: Sequence
    process: bool = False


@record
class Arithmetic:
    """`$((…))`, by what stands in it."""

    text: str


Piece: TypeAlias = str | Variable | Substitution | Arithmetic


@record
class Word:
    """One word: its pieces, and whether it is quoted, which keeps it one word whatever its pieces hold."""

    pieces: tuple[Piece, ...]
    quoted: bool
    stretch: Stretch

    @property
    def literal(self) -> str | None:
        """The word where all of it is written out."""
        if len(self.pieces) == 1 and isinstance(self.pieces[0], str):
            return self.pieces[0]
        return "" if not self.pieces else None


@record
class Assigned:
    """`name=value`. `appends` is that of `+=`."""

    name: str
    value: Word
    appends: bool = False


@record
class Redirect:
    """Where input comes from or output goes. `operator` is `>`, `>>`, `<`, `2>`, `<<` …"""

    operator: str
    target: Word | None


@record
class Simple:
    """Words that run a program, a function or a builtin; assignments alone where there are no words."""

    assignments: tuple[Assigned, ...]
    words: tuple[Word, ...]
    redirects: tuple[Redirect, ...]
    stretch: Stretch


@record
class Test:
    """`[[ … ]]` or `(( … ))`, by its words; what is substituted in it, in order."""

    kind: str
    words: tuple[Word, ...]
    text: str
    stretch: Stretch


@record
class Pipe:
    """Commands joined by `|`, two or more. `operators` are the places of the bars."""

    commands: tuple[Command, ...]
    operators: tuple[Stretch, ...]
    stretch: Stretch


@record
class Not:
    """`! command`."""

    command: Command
    operator: Stretch
    stretch: Stretch


@record
class AndOr:
    """`left && right` or `left || right`."""

    left: Command
    operator: str
    at: Stretch
    right: Command
    stretch: Stretch


@record
class Step:
    """One command of a sequence. `background` is the place of the `&` behind it."""

    command: Command
    background: Stretch | None = None


@record
class Sequence:
    """Commands that run one after the other."""

    steps: tuple[Step, ...]
    stretch: Stretch


@record
class Choice:
    """`if … then … elif … else … fi`. `keywords` are the places of `if` and each `elif`."""

    branches: tuple[tuple[Sequence, Sequence], ...]
    otherwise: Sequence | None
    stretch: Stretch


@record
class While:
    """`while` or `until`."""

    condition: Sequence
    body: Sequence
    until: bool
    stretch: Stretch


@record
class For:
    """`for name in words`. `words` None: a loop whose rounds are not written out."""

    name: str
    words: tuple[Word, ...] | None
    body: Sequence
    stretch: Stretch


@record
class Case:
    """`case word in pattern) … esac`; each arm with its patterns and how it ends: `;;`, `;&` or `;;&`."""

    word: Word
    arms: tuple[tuple[tuple[Word, ...], Sequence, str], ...]
    stretch: Stretch


@record
class Function:
    """The definition of a function."""

    name: str
    body: Command
    stretch: Stretch


@record
class Group:
    """`{ … }` or, in a shell of its own, `( … )`."""

    body: Sequence
    own_shell: bool
    redirects: tuple[Redirect, ...]
    stretch: Stretch


@record
class Unclear:
    """What cannot be understood, and why, in words that complete "cannot tell: …"."""

    why: str
    stretch: Stretch


Command: TypeAlias = (
    Simple | Test | Pipe | Not | AndOr | Sequence | Choice | While | For | Case | Function | Group | Unclear
)
