"""Reasoning over the model that several rules share: gates and reachability, production targets, secrets,
privileges.

Every answer is three-valued: what the input does not show is unknown, never assumed.
"""
