"""What people and machines read: one module per format, each with `render(report, sources, options) -> str`.

`formats` names them. Reporters only format: they print nothing and read no files.
"""
