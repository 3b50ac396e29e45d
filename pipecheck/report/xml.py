"""Text in XML."""

from __future__ import annotations

from pipecheck.report.redaction import printable


def attributes(**stated: str | int | None) -> str:
    """The attributes of an element, each after a space; those that are None are left out."""
    given = ((name, value) for name, value in stated.items() if value is not None)
    return "".join(f' {name}="{escaped(printable(str(value)))}"' for name, value in given)


def escaped(text: str) -> str:
    """The text in XML, in an element or an attribute; it must be printable."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
