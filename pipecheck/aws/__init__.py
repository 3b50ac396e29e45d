"""The live account: read-only calls whose answers are written to a snapshot folder.

This is the only floor that talks to AWS. Scanning reads the folder, so a scan needs no account and can be
repeated.
"""
