"""Rule files: reading and validating them, the expression language in three values, and the catalogue.

The rules themselves are data in the top-level `rules` folder, which a wheel carries as `pipecheck/_rules`.
"""
