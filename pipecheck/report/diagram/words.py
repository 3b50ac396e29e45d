"""What drawings say of an action in words."""

from __future__ import annotations

from pipecheck.analysis.diagram import DrawnAction, Reach

_SAID = {
    Reach.GATED: "production, behind an approval",
    Reach.NOT_GATED: "production without an approval",
    Reach.CANNOT_TELL: "cannot tell whether production is reached without an approval",
    Reach.ELSEWHERE: "not production",
}


def said(action: DrawnAction) -> str:
    """`production without an approval: stack "shop-prod"`; "" where there is nothing to say."""
    if action.reach is None:
        return "gate: somebody must agree" if action.gate else ""
    text = _SAID[action.reach]
    return f"{text}: {action.note}" if action.note else text
