#!/usr/bin/env bash
# Finds a Python for pipecheck, or says which version is to be set up.
# Outputs: python (a command), or version (what actions/setup-python should set up).
set -euo pipefail

if [ -n "${PIPECHECK_PYTHON:-}" ]; then
  echo "python=$PIPECHECK_PYTHON" >> "$GITHUB_OUTPUT"
  exit
fi

wanted="${PIPECHECK_INPUT_PYTHON_VERSION:-}"
if [ -n "$wanted" ]; then
  if [[ ! "$wanted" =~ ^[0-9A-Za-z.~\<\>=\ -]+$ ]]; then
    echo "::error title=pipecheck::input python-version is no version of Python"
    exit 2
  fi
  echo "version=$wanted" >> "$GITHUB_OUTPUT"
  exit
fi

for candidate in python3 python; do
  if "$candidate" -I -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' > /dev/null 2>&1; then
    echo "python=$(command -v "$candidate")" >> "$GITHUB_OUTPUT"
    exit
  fi
done
echo "version=3.13" >> "$GITHUB_OUTPUT"
