"""Snapshots of live accounts, as `pipecheck fetch` writes them, to the same model as every other input."""
