"""Programs by what their status says.

POSIX describes the standard ones: https://pubs.opengroup.org/onlinepubs/9799919799/idx/utilities.html.
"""

from __future__ import annotations

ALWAYS_SUCCEED = frozenset({"true", ":", "echo", "printf", "date", "pwd", "sleep", "hostname", "whoami", "uname"})
"""Programs that fail only when the machine does."""

MAY_FAIL_ON_PURPOSE = frozenset(
    {"grep", "egrep", "fgrep", "rg", "diff", "cmp", "test", "[", "jq", "yq", "awk", "which", "type", "hash", "expr"}
    | {"pgrep", "xmllint"}
)
"""Programs whose status is an answer."""

INTERPRETERS = frozenset(
    {"bash", "dotnet", "go", "gradle", "java", "make", "mvn", "node", "npm", "perl", "php", "pnpm", "python"}
    | {"python2", "python3", "ruby", "sh", "task", "tox", "ts-node", "yarn"}
)
"""Programs that do what a file of the project says."""

BUILTINS = frozenset(
    {
        "!",
        ".",
        "[",
        "break",
        "builtin",
        "command",
        "continue",
        "eval",
        "exec",
        "exit",
        "false",
        "let",
        "read",
        "return",
    }
    | {"set", "shift", "shopt", "source", "test", "trap", "unset", "wait"}
)
"""Builtins that change the shell or its way, and those whose status is an answer."""

DECLARATIONS = frozenset({"declare", "export", "local", "readonly", "typeset"})
"""Builtins that assign: their own status hides that of a substitution in them."""
