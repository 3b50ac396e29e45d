"""The beginning of a rule's text, as a hint beside a finding."""

from __future__ import annotations

import re

_ENOUGH = 200


def first_sentences(text: str) -> str:
    """The first paragraph, as far as whole sentences go into a few lines; what a colon announces is left out."""
    paragraph = " ".join(re.split(r"\n\s*\n", text.strip(), maxsplit=1)[0].split())
    kept = ""
    for sentence in re.split(r"(?<=[.!?]) (?=[A-Z`])", paragraph):
        if kept and len(kept) + len(sentence) > _ENOUGH:
            break
        kept = f"{kept} {sentence}".strip()
    return f"{kept[:-1]}." if kept.endswith(":") else kept
