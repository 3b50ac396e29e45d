"""`python -m pipecheck` is the same as `pipecheck`."""

from pipecheck.cli import main

if __name__ == "__main__":
    main()
