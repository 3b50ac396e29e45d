"""Whether a webhook proves who sends what it is told."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import NO, Answer, all_hold, any_holds, told, undecided
from pipecheck.analysis.labels import logical_id, quoted
from pipecheck.model.inventory import Inventory
from pipecheck.model.subject import Subject
from pipecheck.model.webhook import Webhook
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause, Related
from pipecheck.rules.rule import Params
from pipecheck.rules.severity import Severity
from pipecheck.values import Known, Reason, Truth, Unknown, Value, ask, truth
from pipecheck.values.items import values
from pipecheck.values.text import equals, spelled

_SHORTEST_PREFIX = 24


def source_webhook_auth(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:
    """One clause for how deliveries are proved, and one for a secret that another webhook has too, or may."""
    webhook = subject.value
    assert isinstance(webhook, Webhook)  # noqa: S101 - the rule file names the kind of subject
    prefix = params.get("min_prefix")
    shortest = prefix if isinstance(prefix, int) else _SHORTEST_PREFIX
    label = f"webhook {quoted(webhook.name, logical_id(webhook.place))}"
    kind, range_ = webhook.authentication, webhook.allowed_ip_range
    signed, by_address = told(equals(kind, "GITHUB_HMAC"), kind), told(equals(kind, "IP"), kind)
    narrow = told(ask(range_, lambda text: _is_narrow(text, shortest)), range_)
    if by_address.truth is Truth.TRUE:
        place, message = range_.place, f"trusts all of {quoted(range_, 'the internet')}: narrow it to /{shortest}"
    else:
        place, message = kind.place, f"takes deliveries by {quoted(kind, 'no authentication')}: anybody can send them"
    yield clause_of(
        any_holds([signed, all_hold([by_address, narrow])]).about(f"how {label} proves who sends is not known"),
        place,
        f"{label} {message}",
    )
    yield from _sharing(webhook, signed, label, inventory)


def _is_narrow(text: str, shortest: int) -> bool:
    """Whether an address range is as narrow as it has to be; what is no range of addresses lets nobody in."""
    try:
        return ipaddress.ip_network(text.strip(), strict=False).prefixlen >= shortest
    except ValueError:
        return False


def _sharing(webhook: Webhook, signed: Answer, label: str, inventory: Inventory) -> Iterator[Clause]:
    """The secret that an earlier webhook has too: each pair is told once."""
    for other in values(inventory.all(Webhook)):
        if other is webhook:
            return
        both = all_hold([signed, told(equals(other.authentication, "GITHUB_HMAC"), other.authentication)])
        same = _are_same(webhook.secret_token, other.secret_token)
        if both.truth is Truth.FALSE or same.truth is Truth.FALSE:
            continue
        name = quoted(other.name, logical_id(other.place))
        yield clause_of(
            ~same.about(f"whether {label} has a secret of its own is not known"),
            webhook.secret_token.place,
            f"{label} has the same secret as webhook {name}: who knows one can sign for both",
            applies=both,
            related=(Related(other.secret_token.place, "the secret is used here too"),),
            severity=Severity.LOW,
        )


def _are_same(one: Value[str], other: Value[str]) -> Answer:
    """Whether two secrets are the same: texts, parameters and dynamic references by what they are called."""
    first, second = spelled(one), spelled(other)
    if first is not None and second is not None:
        everywhere = isinstance(one, Known) or _reason(one) is Reason.DYNAMIC_REFERENCE
        return told(truth(first == second and (everywhere or one.place.source == other.place.source)), one, other)
    unseen = [value for value in (one, other) if isinstance(value, Unknown) and spelled(value) is None]
    told_by_aws = all(value.reason is Reason.NOT_RETURNED for value in unseen)
    return NO if told_by_aws else undecided(unseen[0])


def _reason(secret: Value[str]) -> Reason | None:
    return secret.reason if isinstance(secret, Unknown) else None
