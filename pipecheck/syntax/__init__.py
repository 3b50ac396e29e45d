"""Text to trees in which every scalar knows its line and column; knows no AWS.

Scanned text is hostile: depth, nodes, aliases and bytes are limited, and breaking a limit is an error of
that input alone.
"""
