"""GitHub: what a workflow run knows of itself, and what it can be told."""
