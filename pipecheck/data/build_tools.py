"""Programs that builds run: those that need a container engine, and those that certainly need none.

There is no official list. That an engine needs privileged mode:
https://docs.aws.amazon.com/codebuild/latest/userguide/sample-docker.html. The others are the everyday programs of a
shell, package managers and the AWS CLI, by what their manuals say they do.
"""

from __future__ import annotations

CONTAINER_PROGRAMS = frozenset(
    {
        *("act", "buildah", "buildctl", "buildkitd", "buildx", "dagger"),
        *("docker", "docker-compose", "dockerd", "dockerd-entrypoint.sh", "earthly", "finch"),
        *("img", "k3d", "kind", "localstack", "minikube", "nerdctl", "pack", "podman", "podman-compose"),
    }
)

CONTAINER_COMMANDS = (
    ("aws", "ecr", "get-login"),
    ("sam", "build", "--use-container"),
    ("sam", "build", "-u"),
    ("sam", "local"),
)
"""Programs that need an engine only with these words: the first ones in this order, an option anywhere after them."""

HARMLESS_PROGRAMS = frozenset(
    {
        *(".env", ":", "[", "[[", "base64", "basename", "cat", "cd", "chmod", "chown", "cp", "curl", "cut", "date"),
        *("df", "diff", "dirname", "echo", "egrep", "exit", "export", "false", "file", "find", "free", "git", "grep"),
        *("gunzip", "gzip", "head", "hostname", "id", "jq", "ln", "ls", "md5sum", "mkdir", "mktemp", "mv", "nproc"),
        *("popd", "printenv", "printf", "ps", "pushd", "pwd", "read", "return", "rm", "rmdir", "rsync", "sed", "set"),
        *(
            "sha256sum",
            "shift",
            "shopt",
            "sleep",
            "sort",
            "stat",
            "tail",
            "tar",
            "tee",
            "test",
            "touch",
            "tr",
            "true",
        ),
        *("ulimit", "umask", "uname", "uniq", "unset", "unzip", "wc", "wget", "which", "whoami", "yq", "zip"),
        *("apk", "apt", "apt-get", "apt-key", "dnf", "dpkg", "pip", "pip3", "pipx", "rpm", "yum"),
        *("aws", "bandit", "black", "cfn-guard", "cfn-lint", "cfn_nag", "cfn_nag_scan", "flake8", "hadolint"),
        *("mypy", "pyflakes", "pylint", "ruff", "shellcheck", "yamllint"),
    }
)

HARMLESS_COMMANDS = (
    ("npm", "install"),
    ("npm", "i"),
    ("npm", "ci"),
    ("npm", "audit"),
    ("npm", "-v"),
    ("npm", "--version"),
    ("node", "-v"),
    ("node", "--version"),
    ("python", "--version"),
    ("python3", "--version"),
    ("python", "-m", "pip"),
    ("python3", "-m", "pip"),
    ("sam", "deploy"),
    ("sam", "package"),
    ("sam", "publish"),
    ("sam", "validate"),
    ("sam", "--version"),
    ("yarn", "install"),
)
"""Programs that are harmless with these first words."""
