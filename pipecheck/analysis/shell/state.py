"""Where a shell stands at one moment of one of the ways it may take."""

from __future__ import annotations

from enum import Enum

from pipecheck.syntax.shell_tree import Stretch
from pipecheck.values.record import record, replace

NONZERO = -1
"""A status that is not 0, whatever else it is."""

UNSEEN = "\0unseen"
"""The text of something whose value is not known."""

FAILURE_TEXT = "\0nonzero"
"""The text of a status that is not 0, whatever else it is."""


@record
class Site:
    """A command of a build: the phase's list that it is in, its number there, and where it stands in its text.

    `inside` leads into what the command runs, texts of `sh -c` and scripts: by their names and where they are run.
    """

    block: str
    index: int
    inside: tuple[tuple[str, int], ...] = ()
    stretch: Stretch = Stretch(0, 0)


class How(Enum):
    """How a failure is lost."""

    OR = "or"
    NEXT = "next"
    PIPE = "pipe"
    BACKGROUND = "background"
    NEGATION = "negation"
    CONDITION = "condition"
    SUBSTITUTION = "substitution"
    LOOP = "loop"
    EXIT = "exit"
    PHASE = "phase"
    TRAP = "trap"


@record
class Loss:
    """The construct that loses a failure: its place, and the text of it."""

    how: How
    site: Site


class Flow(Enum):
    """What a shell does next."""

    ON = "on"
    EXIT = "exit"
    RETURN = "return"
    BREAK = "break"
    CONTINUE = "continue"


@record
class Variable:
    """What a variable holds. `tainted` says that the failure in question decided it."""

    name: str
    text: str
    tainted: bool = False


@record
class State:
    """One way, up to one moment.

    `posix` says that the shell is `sh`. `status` is that of the last command. `failed` says that the command in
    question has run and failed; `runs` how often it has run. `assuming` says that a test whose answer is not
    known is taken to be met. `lost` is what lost the failure last. `handling` says that what runs now runs
    because of the failure. `stray` says that `status` is a failure that has nothing to do with it. `doubt` is why
    nobody can tell how the way goes on, None where it is followed. `after` are the sites that ran after the
    failure. `job` is the status of the last command in the background, with the depth of the shell that started
    it; `depth` is that of this one.
    """

    status: int = 0
    tainted: bool = False
    stray: bool = False
    flow: Flow = Flow.ON
    levels: int = 0
    errexit: bool = False
    pipefail: bool = False
    posix: bool = False
    failed: bool = False
    runs: int = 0
    handling: bool = False
    guessing: bool = False
    assuming: bool = False
    lost: Loss | None = None
    doubt: str | None = None
    variables: tuple[Variable, ...] = ()
    cleared: bool = False
    statuses: tuple[int, ...] = ()
    job: tuple[int, int] | None = None
    depth: int = 0
    after: frozenset[Site] = frozenset()

    def get(self, name: str) -> Variable:
        """What a variable holds; UNSEEN where nobody knows."""
        for variable in self.variables:
            if variable.name == name:
                return variable
        return Variable(name, UNSEEN, self.cleared and self.failed)

    def put(self, name: str, text: str, *, tainted: bool = False) -> State:
        """The state with another value of a variable."""
        kept = tuple(variable for variable in self.variables if variable.name != name)
        changed = sorted((*kept, Variable(name, text, tainted)), key=lambda variable: variable.name)
        return replace(self, variables=tuple(changed))

    def ended(self, status: int, *, tainted: bool = False, stray: bool = False) -> State:
        """The state after a command with this status."""
        return replace(self, status=status, tainted=tainted and status != 0, stray=stray and status != 0)
