"""Every simple command of a shell text, wherever it is nested, with the texts that commands run in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from pipecheck.analysis.shell.run import Script
from pipecheck.analysis.shell.state import UNSEEN, Site
from pipecheck.analysis.shell.through import Run, run_by
from pipecheck.syntax.shell import parse_shell
from pipecheck.syntax.shell_tree import (
    AndOr,
    Case,
    Choice,
    Command,
    For,
    Function,
    Group,
    Not,
    Pipe,
    Redirect,
    Sequence,
    Simple,
    Substitution,
    Test,
    Unclear,
    Variable,
    While,
    Word,
)
from pipecheck.values.record import record

_DEEPEST = 5
_UNSEEN_PART = "${PIPECHECK_UNSEEN}"
_MOVES = frozenset({"cd", "pushd"})


@record
class Found:
    """A simple command: where it is, and its words, UNSEEN in them where a part is not known before it runs.

    `varies` says that it stands in a loop and works on something else in every round.
    """

    site: Site
    command: Simple
    words: tuple[str, ...]
    varies: bool


@record
class Unread:
    """A part of a text that is not understood, or a script that is not in view."""

    site: Site
    why: str


Inside: TypeAlias = tuple[tuple[str, int], ...]
Scripts = Callable[[str], Script | None]


def found_in(script: Sequence, block: str, index: int, scripts: Scripts) -> Iterator[Found | Unread]:
    """The commands of one line of a build."""
    yield from _Walk(block, index, scripts).command(script, (), varies=False, looped=False)


@record
class _Walk:
    block: str
    index: int
    scripts: Scripts

    def command(  # noqa: C901, PLR0912 - one case per kind of command
        self, command: Command, inside: Inside, *, varies: bool, looped: bool
    ) -> Iterator[Found | Unread]:
        def into(part: Command) -> Iterator[Found | Unread]:
            return self.command(part, inside, varies=varies, looped=looped)

        match command:
            case Simple():
                yield from self._simple(command, inside, varies=varies, looped=looped)
            case Sequence(steps):
                for step in steps:
                    yield from into(step.command)
            case AndOr(left, _, _, right):
                yield from into(left)
                yield from into(right)
            case Not(negated):
                yield from into(negated)
            case Pipe(commands):
                for part in commands:
                    yield from into(part)
            case Choice(branches, otherwise):
                for condition, body in branches:
                    yield from into(condition)
                    yield from into(body)
                if otherwise is not None:
                    yield from into(otherwise)
            case While(condition, body):
                moves = _moves(body)
                for part in (condition, body):
                    yield from self.command(part, inside, varies=varies or moves, looped=True)
            case For(_, words, body):
                yield from self._words(words or (), inside, varies=varies)
                yield from self.command(body, inside, varies=varies or _moves(body), looped=True)
            case Case(word, arms):
                yield from self._words((word,), inside, varies=varies)
                for _, body, _ in arms:
                    yield from into(body)
            case Function(_, body):
                yield from self.command(body, inside, varies=varies, looped=True)
            case Group(body, _, redirects):
                yield from into(body)
                yield from self._redirects(redirects, inside, varies=varies)
            case Test(_, words):
                yield from self._words(words, inside, varies=varies)
            case Unclear(why, stretch):
                yield Unread(Site(self.block, self.index, inside, stretch), why)

    def _simple(self, command: Simple, inside: Inside, *, varies: bool, looped: bool) -> Iterator[Found | Unread]:
        values = [one.value for one in command.assignments]
        yield from self._words([*values, *command.words], inside, varies=varies)
        yield from self._redirects(command.redirects, inside, varies=varies)
        if not command.words:
            return
        words = tuple(written(word) for word in command.words)
        unlike = varies or (looped and any(_varies(word) for word in command.words))
        site = Site(self.block, self.index, inside, command.stretch)
        yield Found(site, command, words, unlike)
        if words[0] == "eval":
            yield from self._inner(Run("eval", " ".join(words[1:])), inside, site, varies=unlike)
        elif words[0] in {"source", "."} and words[1:]:
            yield from self._inner(Run(words[1], None), inside, site, varies=unlike)
        else:
            run = run_by(words)
            if run is not None:
                yield from self._inner(run, inside, site, varies=unlike)

    def _inner(self, run: Run, inside: Inside, site: Site, *, varies: bool) -> Iterator[Found | Unread]:
        name, text = run.name, run.text
        if text is None:
            script = self.scripts(run.name)
            if script is None:
                yield Unread(site, f"the script {run.name} is not in the input".replace(UNSEEN, "…"))
                return
            name, text = script.name, script.text
        if text == UNSEEN or len(inside) >= _DEEPEST:
            yield Unread(site, f"what {run.name} runs is not known")
            return
        text = text.replace(UNSEEN, _UNSEEN_PART)
        yield from self.command(
            parse_shell(text), (*inside, (name, site.stretch.start)), varies=varies, looped=varies
        )

    def _words(self, words: Iterable[Word], inside: Inside, *, varies: bool) -> Iterator[Found | Unread]:
        for word in words:
            for piece in word.pieces:
                if isinstance(piece, Substitution):
                    yield from self.command(piece.body, inside, varies=varies, looped=varies)

    def _redirects(
        self, redirects: tuple[Redirect, ...], inside: Inside, *, varies: bool
    ) -> Iterator[Found | Unread]:
        yield from self._words(
            [redirect.target for redirect in redirects if redirect.target is not None], inside, varies=varies
        )


def written(word: Word) -> str:
    """The text of a word, UNSEEN for what is put in when it is used."""
    return "".join(piece if isinstance(piece, str) else UNSEEN for piece in word.pieces)


def _varies(word: Word) -> bool:
    return any(isinstance(piece, Variable) and not piece.name.isupper() for piece in word.pieces)


def _moves(body: Command) -> bool:
    """Whether rounds of a loop work in different folders."""
    match body:
        case Simple(words=words):
            return bool(words) and words[0].literal in _MOVES
        case Sequence(steps):
            return any(_moves(step.command) for step in steps)
        case AndOr(left, _, _, right):
            return _moves(left) or _moves(right)
        case Group(inner):
            return _moves(inner)
        case _:
            return False
