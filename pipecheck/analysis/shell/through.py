"""Programs that are run by others: `sudo`, `timeout`, `npx`, `docker run`, `sh -c` …"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipecheck.values.record import record

SHELLS = frozenset({"ash", "bash", "dash", "ksh", "sh", "zsh"})
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")
_PLAIN = frozenset(
    {"command", "builtin", "exec", "nohup", "setsid", "stdbuf", "nice", "ionice", "chronic", "unbuffer"}
)
_WITH_VALUE = {
    "sudo": {"-u", "-g", "-h", "-p", "-C", "-r", "-t", "--user", "--group"},
    "env": {"-u", "--unset", "-C", "--chdir", "-S"},
    "timeout": {"-k", "--kill-after", "-s", "--signal"},
    "xargs": {"-I", "-n", "-P", "-L", "-d", "-a", "-s", "-E", "--max-args", "--max-procs", "--delimiter"},
    "time": {"-f", "-o"},
    "npx": {"-p", "--package", "-c"},
    "uvx": {"--from", "--with", "--python", "-p"},
    "nice": {"-n"},
    "stdbuf": {"-i", "-o", "-e"},
}
_TWO_WORDS = {
    ("pnpm", "dlx"), ("pnpm", "exec"), ("yarn", "dlx"), ("yarn", "exec"), ("npm", "exec"), ("bunx",), ("pipx", "run"),
    ("uv", "run"), ("poetry", "run"), ("pipenv", "run"), ("bundle", "exec"), ("conda", "run"), ("uv", "tool", "run"),
}  # fmt: skip
_DOCKER_SWITCHES = frozenset(
    {"--rm", "-i", "-t", "-it", "-ti", "-d", "--detach", "--interactive", "--tty", "--privileged", "--init", "-q"}
    | {"--quiet", "--read-only", "--no-healthcheck", "--oom-kill-disable", "--publish-all", "-P", "--sig-proxy"}
)


@record
class Program:
    """A program and its words. `image` is that of the container it runs in; `by` what runs it, outermost first."""

    words: tuple[str, ...]
    image: str | None = None
    by: tuple[str, ...] = ()


@record
class Run:
    """A text that a command runs: `text`, or the file `name` where it is None."""

    name: str
    text: str | None
    errexit: bool = False
    pipefail: bool = False
    posix: bool = False
    same_shell: bool = False
    sourced: bool = False


def programs(words: Sequence[str]) -> Iterator[Program]:
    """The program of a command, then the one that it runs, and so on."""
    program = Program(tuple(words))
    for _ in range(8):
        if not program.words:
            return
        yield program
        inner = _next(program)
        if inner is None:
            return
        program = inner


def innermost(words: Sequence[str]) -> Program:
    """The program that does the work."""
    found = Program(tuple(words))
    for program in programs(words):
        found = program
    return found


def run_by(words: Sequence[str]) -> Run | None:
    """The text that a command runs in a shell, if it runs one."""
    program = innermost(words)
    if not program.words:
        return None
    name = program.words[0]
    if name.rsplit("/", 1)[-1] in SHELLS:
        return _shell(program.words)
    if (name.startswith(("./", "../")) or name.endswith(".sh")) and "\0" not in name and program.image is None:
        return Run(name, None)
    return None


def _shell(words: tuple[str, ...]) -> Run | None:
    posix = words[0].rsplit("/", 1)[-1] != "bash"
    errexit = pipefail = False
    rest = list(words[1:])
    while rest and rest[0].startswith(("-", "+")) and rest[0] != "-":
        option = rest.pop(0)
        if option.startswith("--"):
            continue
        letters = option[1:]
        errexit = errexit or "e" in letters
        if letters.endswith("o") and rest:
            named = rest.pop(0)
            pipefail = pipefail or named == "pipefail"
            errexit = errexit or named == "errexit"
        if "c" in letters:
            return Run(f"{words[0]} -c", rest[0], errexit, pipefail, posix) if rest else None
    return Run(rest[0], None, errexit, pipefail, posix) if rest and "\0" not in rest[0] else None


def _next(program: Program) -> Program | None:
    words = program.words
    name = words[0].rsplit("/", 1)[-1]
    rest = words[1:]
    if name in {"env", "sudo"} or _ASSIGNMENT.match(words[0]):
        if _ASSIGNMENT.match(words[0]):
            return _inside(program, rest, "")
        rest = _options(rest, _WITH_VALUE[name])
        while rest and _ASSIGNMENT.match(rest[0]):
            rest = rest[1:]
        return _inside(program, rest, name)
    if name == "timeout":
        return _inside(program, _options(rest, _WITH_VALUE[name])[1:], name)
    if name in _PLAIN or name in {"time", "xargs", "uvx", "bunx"}:
        return _inside(program, _options(rest, _WITH_VALUE.get(name, set())), name)
    if name == "npx":
        return _inside(program, _options(rest, _WITH_VALUE[name]), name)
    for starter in _TWO_WORDS:
        if words[: len(starter)] == starter:
            return _inside(
                program, _options(words[len(starter) :], {"--spec", "--from", "--with", "-n"}), " ".join(starter)
            )
    if re.fullmatch(r"python[\d.]*|py", name) and rest[:1] == ("-m",):
        return _inside(program, rest[1:], f"{name} -m")
    if name in {"docker", "podman", "nerdctl", "finch"} and rest[:1] == ("run",):
        return _container(program, rest[1:])
    return None


def _inside(program: Program, words: tuple[str, ...], by: str) -> Program | None:
    if not words:
        return None
    return Program(words, program.image, (*program.by, by) if by else program.by)


def _options(words: tuple[str, ...], with_value: set[str]) -> tuple[str, ...]:
    position = 0
    while position < len(words) and words[position].startswith("-") and words[position] != "--":
        position += 2 if words[position] in with_value else 1
    return words[position + 1 :] if words[position : position + 1] == ("--",) else words[position:]


def _container(program: Program, words: tuple[str, ...]) -> Program | None:
    """What a container runs: the words behind its image, for the program that `--entrypoint` names."""
    position = 0
    entry: tuple[str, ...] = ()
    while position < len(words) and words[position].startswith("-"):
        option, equals, value = words[position].partition("=")
        if option == "--entrypoint":
            entry = (value if equals else words[position + 1] if words[position + 1 :] else "",)
        takes = not equals and option not in _DOCKER_SWITCHES and not re.fullmatch(r"-[itdq]+", option)
        position += 2 if takes else 1
    if position >= len(words):
        return None
    image = words[position]
    behind = (*entry, *words[position + 1 :])
    return Program(behind or (image,), image, (*program.by, "docker run"))
