"""Checks written in Python, one module per check, for what needs ordering, graphs or sums over collections.

A check takes a subject and yields clauses. It never decides a verdict, and yielding nothing is not a pass.
"""
