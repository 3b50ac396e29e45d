#!/usr/bin/env bash
# Installs pipecheck into an environment of its own: the one beside this action, or a published version.
# PIPECHECK_PYTHON names a Python that has it already; then nothing is installed.
# Outputs: python, the interpreter that has pipecheck.
set -euo pipefail

if [ -n "${PIPECHECK_PYTHON:-}" ]; then
  echo "python=$PIPECHECK_PYTHON" >> "$GITHUB_OUTPUT"
  exit
fi

# -I: neither the scanned repository nor variables of other steps decide what is imported here.
"$PIPECHECK_FOUND_PYTHON" -I -m venv --clear "$PIPECHECK_FOLDER"
python="$PIPECHECK_FOLDER/bin/python"
if [ ! -e "$python" ]; then
  python="$PIPECHECK_FOLDER/Scripts/python.exe"
fi

if [ -n "${PIPECHECK_INPUT_VERSION:-}" ]; then
  wanted="pipecheck-aws==$PIPECHECK_INPUT_VERSION"
else
  wanted="$GITHUB_ACTION_PATH"
fi
"$python" -I -m pip install --quiet --disable-pip-version-check --cache-dir "$PIPECHECK_CACHE" "$wanted"
echo "python=$python" >> "$GITHUB_OUTPUT"
