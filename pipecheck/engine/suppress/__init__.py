"""Findings that a team accepts: where it says so, which findings that covers, and whether it still holds."""
