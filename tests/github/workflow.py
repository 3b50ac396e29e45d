"""A stand-in for the runner of GitHub Actions: it reads action.yml, evaluates its expressions and runs its steps."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

_TOKEN = re.compile(r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<path>[A-Za-z_][\w.-]*)|(?P<operator>\|\||&&|==|!=|!|\(|\)))")
_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
_COMMAND = re.compile(r"::([a-z0-9-]+)(?: ([^\n]*?))?::(.*)")


class _Evaluator:
    """The expression language (https://docs.github.com/en/actions/reference/workflows-and-actions/expressions)."""

    def __init__(self, text: str, contexts: Mapping[str, Any]) -> None:
        self._tokens = []
        position, text = 0, text.rstrip()
        while position < len(text):
            match = _TOKEN.match(text, position)
            assert match is not None, f"the driver cannot read {text[position:]!r}"
            self._tokens.append((str(match.lastgroup), match.group(str(match.lastgroup))))
            position = match.end()
        self._contexts = contexts

    def value(self) -> Any:
        result = self._or()
        assert not self._tokens, self._tokens
        return result

    def _next_is(self, *operators: str) -> bool:
        return bool(self._tokens) and self._tokens[0][0] == "operator" and self._tokens[0][1] in operators

    def _or(self) -> Any:
        left = self._and()
        while self._next_is("||"):
            self._tokens.pop(0)
            right = self._and()
            left = left or right
        return left

    def _and(self) -> Any:
        left = self._equality()
        while self._next_is("&&"):
            self._tokens.pop(0)
            right = self._equality()
            left = left and right
        return left

    def _equality(self) -> Any:
        left = self._unary()
        while self._next_is("==", "!="):
            operator = self._tokens.pop(0)[1]
            same = str(left).lower() == str(self._unary()).lower()
            left = same if operator == "==" else not same
        return left

    def _unary(self) -> Any:
        if self._next_is("!"):
            self._tokens.pop(0)
            return not self._unary()
        if self._next_is("("):
            self._tokens.pop(0)
            inner = self._or()
            assert self._tokens.pop(0)[1] == ")"
            return inner
        kind, text = self._tokens.pop(0)
        if kind == "text":
            return text[1:-1].replace("''", "'")
        value: Any = self._contexts
        for name in text.split("."):
            value = value.get(name, "") if isinstance(value, Mapping) else ""
        return value


def evaluated(text: Any, contexts: Mapping[str, Any]) -> str:
    """The text with its expressions replaced by their values, as the runner writes them."""

    def written(match: re.Match[str]) -> str:
        value = _Evaluator(match.group(1), contexts).value()
        return str(value).lower() if isinstance(value, bool) else str(value)

    return _EXPRESSION.sub(written, str(text).lower() if isinstance(text, bool) else str(text))


def holds(condition: Any, contexts: Mapping[str, Any]) -> bool:
    """Whether an `if` or a flag holds; without expression marks the whole text is one."""
    if isinstance(condition, bool):
        return condition
    text = str(condition).strip()
    whole = _EXPRESSION.fullmatch(text)
    return bool(_Evaluator(whole.group(1) if whole else text, contexts).value())


def read_outputs(file: Path) -> dict[str, str]:
    """GITHUB_OUTPUT as the runner reads it: `name=value`, or `name<<mark` up to a line that is the mark."""
    lines = file.read_text("utf-8").split("\n")
    assert lines.pop() == "", "the last line is ended"
    outputs: dict[str, str] = {}
    rest = iter(lines)
    for line in rest:
        equals, heredoc = line.find("="), line.find("<<")
        if heredoc >= 0 and (equals < 0 or heredoc < equals):
            name, mark = line.split("<<", 1)
            value = []
            for part in rest:
                if part == mark:
                    break
                value.append(part)
            outputs[name] = "\n".join(value)
        else:
            assert equals > 0, line
            outputs[line[:equals]] = line[equals + 1 :]
    return outputs


@dataclass
class Command:
    name: str
    properties: dict[str, str]
    message: str


def _unescaped(text: str) -> str:
    for written, meant in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(written, meant)
    return text


def obeyed(log: str) -> list[Command]:
    """The workflow commands of a log that the runner obeys, those that only stop and resume left out."""
    found = []
    stopped: str | None = None
    for line in re.split(r"\r\n|\n|\r", log):
        match = _COMMAND.match(line.lstrip())
        if match is None:
            assert stopped is not None or "##[" not in line, "the runner obeys these too"
            continue
        if stopped is not None:
            stopped = None if match.group(1) == stopped else stopped
        elif match.group(1) == "stop-commands":
            stopped = match.group(3)
        else:
            stated = (part.split("=", 1) for part in (match.group(2) or "").split(",") if "=" in part)
            properties = {name: _unescaped(value) for name, value in stated}
            found.append(Command(match.group(1), properties, _unescaped(match.group(3))))
    return found


@dataclass
class Ran:
    """What an action did: outcome, outputs, and what its steps wrote."""

    succeeded: bool
    outputs: dict[str, str]
    log: str
    summary: str
    exported: str
    used: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def commands(self) -> list[Command]:
        return obeyed(self.log)

    @property
    def annotations(self) -> list[Command]:
        return [one for one in self.commands if one.name in ("error", "warning", "notice")]


Used = Callable[[dict[str, str]], dict[str, str]]


def run_action(
    action: Path,
    inputs: Mapping[str, str],
    environment: Mapping[str, str],
    *,
    token: str = "token-of-the-job",  # noqa: S107
    uses: Mapping[str, Used] | None = None,
    action_path: str | None = None,
) -> Ran:
    """Runs a composite action. `uses` stand in for the actions that it uses, by name without ref.

    `action_path` is what the context calls the folder of the action; the variable is always right.
    """
    described = yaml.safe_load((action / "action.yml").read_text("utf-8"))
    github = {"token": token, "action_path": action_path or str(action)}
    unknown = set(inputs) - set(described["inputs"])
    assert not unknown, unknown
    given = {
        name: inputs.get(name, evaluated(stated.get("default", ""), {"github": github}))
        for name, stated in described["inputs"].items()
    }
    steps: dict[str, Any] = {}
    contexts = {"inputs": given, "github": github, "steps": steps}
    ran = Ran(True, {}, "", "", "")
    scratch = Path(tempfile.mkdtemp(dir=environment["RUNNER_TEMP"]))
    for number, step in enumerate(described["runs"]["steps"]):
        if not ran.succeeded or not holds(step.get("if", True), contexts):
            continue
        if "uses" in step:
            name = step["uses"].split("@")[0]
            stated = {key: evaluated(value, contexts) for key, value in step.get("with", {}).items()}
            ran.used.append((name, stated))
            stand_in = (uses or {}).get(name)
            try:
                outputs = {} if stand_in is None else stand_in(stated)
                succeeded = True
            except Refused:
                outputs, succeeded = {}, False
        else:
            outputs, succeeded = _run_step(step, number, contexts, environment, action, scratch, ran)
        steps[step.get("id", f"_{number}")] = {"outputs": outputs}
        ran.succeeded = succeeded or holds(step.get("continue-on-error", False), contexts)
    ran.outputs = {name: evaluated(stated["value"], contexts) for name, stated in described["outputs"].items()}
    return ran


class Refused(Exception):  # noqa: N818
    """A used action failed."""


def _run_step(
    step: Mapping[str, Any],
    number: int,
    contexts: Mapping[str, Any],
    environment: Mapping[str, str],
    action: Path,
    scratch: Path,
    ran: Ran,
) -> tuple[dict[str, str], bool]:
    assert step["shell"] == "bash"
    assert "${{" not in step["run"], "an expression in a script makes data code"
    files = {name: scratch / f"{name}-{number}" for name in ("output", "summary", "env", "path", "state")}
    for file in files.values():
        file.touch()
    script = scratch / f"step-{number}.sh"
    script.write_text(step["run"], "utf-8")
    variables = {
        **environment,
        **{name: evaluated(value, contexts) for name, value in step.get("env", {}).items()},
        "GITHUB_ACTION_PATH": str(action),
        "GITHUB_OUTPUT": str(files["output"]),
        "GITHUB_STEP_SUMMARY": str(files["summary"]),
        "GITHUB_ENV": str(files["env"]),
        "GITHUB_PATH": str(files["path"]),
        "GITHUB_STATE": str(files["state"]),
    }
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
    done = subprocess.run(
        command, cwd=environment["GITHUB_WORKSPACE"], env=variables, capture_output=True, check=False
    )
    ran.log += done.stdout.decode("utf-8") + done.stderr.decode("utf-8")
    ran.summary += files["summary"].read_text("utf-8")
    ran.exported += files["env"].read_text("utf-8") + files["path"].read_text("utf-8")
    return read_outputs(files["output"]) if files["output"].stat().st_size else {}, done.returncode == 0
