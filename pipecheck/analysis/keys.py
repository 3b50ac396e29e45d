"""Which key an artifact store means, through aliases too."""

from __future__ import annotations

from pipecheck.model.inventory import Inventory
from pipecheck.model.key import Key, KeyAlias
from pipecheck.values import Absent, Known, Reason, Truth, Unknown, Value
from pipecheck.values.text import contains, displayed, spelled, starts_with

_ALIAS = "alias/"


def is_aws_managed(id: Value[str]) -> Truth:
    """Whether a key id is an alias that AWS reserves for its own keys, such as `alias/aws/s3`."""
    return starts_with(id, "alias/aws/") | contains(id, ":alias/aws/")


def key_named(id: Value[str], inventory: Inventory) -> Value[Key]:
    """The key that an id, ARN, alias or reference means.

    Absent where nothing or an AWS managed key is named; Unknown where it is not in the input.
    """
    if isinstance(id, Absent) or is_aws_managed(id) is Truth.TRUE:
        return Absent(id.place)
    alias = inventory.find(KeyAlias, _alias(id))
    if isinstance(alias, Known):
        return _moved(inventory.find(Key, alias.value.target), id)
    return inventory.find(Key, id)


def _alias(id: Known[str] | Unknown) -> Value[str]:
    """The alias at the end of an ARN, `alias/…`, by which an alias is called; anything else as it is."""
    text = spelled(id)
    if text is None or not text.startswith("arn:") or _ALIAS not in text:
        return id
    return Known(text[text.index(_ALIAS) :], id.place)


def _moved(key: Value[Key], use: Known[str] | Unknown) -> Value[Key]:
    """What an alias leads to, at the place where the alias is used."""
    match key:
        case Known(found):
            return Known(found, use.place, use.via)
        case Absent():
            detail = f"the alias {displayed(use) or ''} names no key".replace("  ", " ")
            return Unknown(Reason.NOT_SCANNED, detail, use.place)
        case Unknown():
            return Unknown(key.reason, key.detail, use.place)
