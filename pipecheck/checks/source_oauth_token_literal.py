"""Whether tokens that have to be in a definition are kept out of its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import YES, Answer, all_hold, told
from pipecheck.analysis.kept_secrets import Fault, Kept, kept
from pipecheck.analysis.labels import logical_id, quoted
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action
from pipecheck.model.subject import Subject
from pipecheck.model.webhook import Webhook
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause, Related
from pipecheck.rules.rule import Params
from pipecheck.rules.severity import Severity
from pipecheck.values import Truth, Value
from pipecheck.values.text import equals

_KEYS = {"GitHub": ("OAuthToken",), "AlexaSkillsKit": ("ClientSecret", "RefreshToken")}
"""The secrets in the configuration of actions by third parties.

https://docs.aws.amazon.com/codepipeline/latest/userguide/structure-configuration-examples.html
"""


def source_oauth_token_literal(
    subject: Subject,
    inventory: Inventory,  # noqa: ARG001
    params: Params,  # noqa: ARG001
) -> Iterable[Clause]:
    """One clause per token of an action or a webhook."""
    owner = subject.value
    if isinstance(owner, Webhook):
        label = f"webhook {quoted(owner.name, logical_id(owner.place))}"
        yield _clause(YES, owner.secret_token, f"SecretToken of {label}")
    elif isinstance(owner, Action):
        yield from _tokens(owner)


def _tokens(action: Action) -> Iterator[Clause]:
    label = f"action {quoted(action.name, 'without a name')}"
    third_party = told(equals(action.owner, "ThirdParty"), action.owner)
    for provider, keys in _KEYS.items():
        applies = all_hold([third_party, told(equals(action.provider, provider), action.provider)])
        if applies.truth is not Truth.FALSE:
            for key in keys:
                yield _clause(applies, action.configuration.get(key), f"{key} of {label}")


def _clause(applies: Answer, token: Value[str], label: str) -> Clause:
    found = kept(token)
    parameter = "" if found.step is None else f" {found.step.name}"
    return clause_of(
        found.answer.about(f"whether the {label} is kept out of the definition is not known"),
        token.place,
        f"the {label} {found.fault.value}{parameter}",
        applies=applies,
        related=_related(found),
        severity=Severity.HIGH if found.fault is Fault.PARAMETER else None,
    )


def _related(found: Kept) -> tuple[Related, ...]:
    if found.step is None or found.step.place is None:
        return ()
    return (Related(found.step.place, f"{found.step.name} is defined here"),)
