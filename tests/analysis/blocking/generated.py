"""Generated builds: what people write around scanners, nested at random."""

from __future__ import annotations

import random

from tests.analysis.blocking.real_builds import Phase, Spec


class Generator:
    """Makes builds from a seed. Scanners are numbered, so that each can fail on its own."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - the same builds every time
        self.scans = 0
        self.functions = 0
        self.in_function = False
        self.loops = 0
        self.most_scans = self.random.choice([1, 1, 1, 2])

    def spec(self) -> Spec:
        phases: dict[str, Phase] = {}
        names = self.random.choice(
            [
                ["build"],
                ["build"],
                ["build", "post_build"],
                ["pre_build", "build"],
                ["install", "build", "post_build"],
            ]
        )
        for name in names:
            finals = [self.item(1) for _ in range(self.random.choice([0, 0, 0, 1]))]
            failure = self.random.choice([None, None, None, None, "ABORT", "CONTINUE"])
            commands = [self.item(2) for _ in range(self.random.randint(1, 3))]
            phases[name] = Phase(commands, finals, failure)
        if not self.scans:
            phases[names[0]].commands.append(self.scan())
        for phase in phases.values():
            if self.random.random() < 0.3:
                phase.commands.append("deploy staging")
        return Spec(phases, self.random.choice(["bash", "bash", "sh"]))

    def item(self, depth: int) -> str:
        """One command of a list, of one or more lines."""
        roll = self.random.random()
        if roll < 0.2:
            return self.random.choice(
                ["set -e", "set -euo pipefail", "set +e", "set -o pipefail", "set -eo pipefail", "set -o errexit"]
            )
        if roll < 0.5:
            return self.command(depth)
        joint = "\n" if self.random.random() < 0.6 else "; "
        steps = [self.command(depth) for _ in range(self.random.randint(2, 3))]
        if self.random.random() < 0.25:
            steps.insert(0, self.random.choice(["set -e", "set -o pipefail", "set -eo pipefail", "set +e"]))
        return joint.join(steps)

    def scan(self) -> str:
        if self.scans >= self.most_scans:
            return self.plain()
        self.scans += 1
        words = f"scan {self.scans}"
        if self.loops and self.random.random() < 0.4:
            words += ' "$item"'
        wrapper = self.random.choice(["", "", "", "", "env ", "env A=b ", "timeout 9 ", "command ", "A=b "])
        tail = self.random.choice(["", "", "", " > out.txt", " 2>&1", " > /dev/null 2>&1"])
        return f"{wrapper}{words}{tail}"

    def plain(self) -> str:
        return self.random.choice(
            ["make build", "npm ci", "docker build .", "echo done", 'echo "a; b || c"', "true", "notify it", ":"]
        )

    def simple(self) -> str:
        roll = self.random.random()
        if roll < 0.45:
            return self.scan()
        if roll < 0.8:
            return self.plain()
        if self.in_function and roll < 0.83:
            return self.random.choice(["return 0", "return 1", "return $?", "return"])
        return self.random.choice(
            [
                "false",
                "RC=$?",
                "exit 0",
                "exit 1",
                "exit $RC",
                '[ "$RC" -ne 0 ] && exit 1',
                "FAILED=1",
                "[ $? -eq 0 ]",
                '[ "$FAILED" = 1 ]',
                "RC=0",
                'if [ "$FAILED" = 1 ]; then exit 1; fi',
                "exit $?",
                '[ "${RC:-0}" = "0" ] || exit 1',
            ]
        )

    def condition(self, depth: int) -> str:
        roll = self.random.random()
        if roll < 0.3:
            return self.scan()
        if roll < 0.4:
            return f"! {self.scan()}"
        if roll < 0.5 and depth > 0:
            return self.command(depth - 1)
        return self.random.choice(
            [
                "[ -f present ]",
                "[ -f missing ]",
                "true",
                "false",
                "grep -q x present",
                "make check",
                "[ $? -ne 0 ]",
                '[ "$CODEBUILD_BUILD_SUCCEEDING" = 1 ]',
                "[[ -f present ]]",
                '[ "$RC" = 0 ]',
                "! [ -f missing ]",
            ]
        )

    def command(self, depth: int) -> str:  # noqa: C901, PLR0911, PLR0912 - one case per construct
        if depth <= 0 or self.random.random() < 0.25:
            return self.simple()
        inner = depth - 1
        match self.random.randint(0, 17):
            case 0 | 1:
                return f"{self.operand(inner)} {self.random.choice(['&&', '||'])} {self.operand(inner)}"
            case 2:
                ends = ["true", ":", "echo failed", "exit 0", "exit 1", "RC=$?", "FAILED=1", "false", "exit $?"]
                return f"{self.operand(inner)} || {self.random.choice(ends)}"
            case 3:
                return f"{self.operand(inner)} | {self.random.choice(['tee log.txt', 'cat'])}"
            case 4:
                # What does not read its input would kill the command before the bar now and then.
                if self.random.random() < 0.3:
                    return f"true | {self.operand(inner)}"
                return f"{self.operand(inner)} | {{ cat > /dev/null; {self.command(inner)}; }}"
            case 5:
                return f"if {self.condition(inner)}; then {self.body(inner)}; fi"
            case 6:
                other = (
                    f"elif {self.condition(inner)}; then {self.body(inner)}; " if self.random.random() < 0.3 else ""
                )
                first = self.condition(inner)
                return f"if {first}; then {self.body(inner)}; {other}else {self.body(inner)}; fi"
            case 7:
                return f"! {self.operand(inner)}"
            case 8:
                return f"( {self.body(inner)} )"
            case 9:
                return f"{{ {self.body(inner)}; }}"
            case 10:
                return self.loop(inner)
            case 11:
                return self.function(inner)
            case 12:
                target = self.random.choice(["OUT=", "export OUT=", "echo ", "OUT=x$RC"])
                return f"{target}$( {self.body(inner)} )"
            case 13:
                flags = self.random.choice(["-c", "-ec", "-e -c", "-eo pipefail -c", "-c"])
                return f"bash {flags} {quoted(self.body(inner))}"
            case 14:
                waits = self.random.choice(["wait", "wait $!", 'JOB=$!; wait "$JOB"', "true"])
                return f"{self.operand(inner)} & {waits}"
            case 15:
                word = self.random.choice(["$RC", "prod", "$STAGE", "$?"])
                first, second, third = self.body(inner), self.body(inner), self.body(inner)
                return f'case "{word}" in 0) {first};; prod|1) {second};; *) {third};; esac'
            case 16:
                return f"eval {quoted(self.body(inner))}"
            case _:
                return f"{self.operand(inner)}; RC=$?; {self.body(inner)}; exit $RC"

    def operand(self, depth: int) -> str:
        """A command that can stand beside an operator."""
        made = self.command(depth)
        return made if self.is_one(made) else f"{{ {made}; }}"

    def is_one(self, text: str) -> bool:
        return text.split(maxsplit=1)[0] in {
            "scan",
            "make",
            "npm",
            "true",
            "false",
            "if",
            "(",
            "{",
            "env",
            "echo",
            "bash",
        } and not (set(";|&\n") & set(text) and text.split(maxsplit=1)[0] not in {"if", "(", "{"})

    def body(self, depth: int) -> str:
        return "; ".join(self.command(depth) for _ in range(self.random.choice([1, 1, 2, 3])))

    def loop(self, depth: int) -> str:
        self.loops += 1
        before = self.random.choice(["", "", "[ -f missing ] && continue; "])
        after = self.random.choice(["", "", "; break", " || break", " && break"])
        body = self.operand(depth) if after.startswith(" ") else self.body(depth)
        head = self.random.choice(["for item in a b", "for item in a b c", "for item in one"])
        if self.random.random() < 0.2:
            head, after = self.random.choice(["while true", "until false"]), "; break"
        made = f"{head}; do {before}{body}{after}; done"
        self.loops -= 1
        return made

    def function(self, depth: int) -> str:
        self.functions += 1
        name = f"step{self.functions}"
        outer, self.in_function = self.in_function, True
        body = self.body(depth)
        self.in_function = outer
        call = self.random.choice([name, name, f"{name} || true", f"{name} || exit 1", f"if {name}; then echo; fi"])
        return f"{name}() {{ {body}; }}; {call}"


def quoted(text: str) -> str:
    """The text as one word."""
    return "'" + text.replace("'", "'\\''") + "'"
