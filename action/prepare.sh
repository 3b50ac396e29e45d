#!/usr/bin/env bash
# Decides where pipecheck goes, and under which key the packages it needs are cached.
# Outputs: python, folder, cache, cache-key; no cache-key where pipecheck is installed already (PIPECHECK_PYTHON).
set -euo pipefail

echo "python=$PIPECHECK_FOUND_PYTHON" >> "$GITHUB_OUTPUT"
if [ -n "${PIPECHECK_PYTHON:-}" ]; then
  exit
fi

wanted="${PIPECHECK_INPUT_VERSION:-}"
if [ -n "$wanted" ] && [[ ! "$wanted" =~ ^[0-9][0-9A-Za-z.!+]*$ ]]; then
  echo "::error title=pipecheck::input version is no version such as 1.2.3"
  exit 2
fi

key="$("$PIPECHECK_FOUND_PYTHON" -I - "$GITHUB_ACTION_PATH" "$wanted" << 'PYTHON'
import hashlib
import pathlib
import platform
import sys

needs = hashlib.sha256(pathlib.Path(sys.argv[1], "pyproject.toml").read_bytes()).hexdigest()[:16]
python = ".".join(map(str, sys.version_info[:2]))
print("pipecheck", platform.system(), platform.machine(), python, sys.argv[2] or needs, sep="-")
PYTHON
)"
{
  echo "folder=$RUNNER_TEMP/pipecheck-venv"
  echo "cache=$RUNNER_TEMP/pipecheck-packages"
  echo "cache-key=${key%$'\r'}"
} >> "$GITHUB_OUTPUT"
