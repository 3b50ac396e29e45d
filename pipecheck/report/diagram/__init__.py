"""Pipelines drawn as text, Mermaid, SVG or JSON."""
