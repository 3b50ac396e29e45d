"""The configuration: what it may hold, where it is found, how it is read, and what it means for a rule.

A scan without a configuration file imports `configuration` and `find` alone.
"""
