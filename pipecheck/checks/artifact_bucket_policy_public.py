"""Whether a bucket of a pipeline lets the public in, or an account that has no part in the pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.accounts import Account, account_of, accounts_used_by, is_one_of, own_account, settled
from pipecheck.analysis.answer import NO, YES, Answer, all_hold, any_holds, told, undecided
from pipecheck.analysis.bucket_policies import hidden_statements_of, policies_of, statements_of
from pipecheck.analysis.labels import logical_id, quoted
from pipecheck.analysis.privileges.audience import (
    accounts_pinned,
    everybody,
    is_for_all_but_some,
    is_for_everybody,
    is_pinned,
    named,
    opened_at,
)
from pipecheck.analysis.privileges.statements import Attached
from pipecheck.analysis.usage import pipelines_using
from pipecheck.model.bucket import Bucket
from pipecheck.model.inventory import Inventory
from pipecheck.model.policy import Principal
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.rules.severity import Severity
from pipecheck.values import Place, Reason, Truth, Unknown, ask, known, truth
from pipecheck.values.record import record
from pipecheck.values.text import equals

_PUBLIC_LISTS = frozenset({"PublicRead", "PublicReadWrite", "AuthenticatedRead"})
"""Canned lists that let everybody, or everybody with an AWS account, in.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl
"""


@record
class _Expected:
    """Accounts that may be let in: the bucket's own, those its pipelines work in, and those that are allowed."""

    own: Account
    used: tuple[Account, ...]
    allowed: frozenset[str]

    def holds(self, account: Account) -> Answer:
        """Whether an account is expected."""
        accounts = (self.own, *(settled(one, self.own) for one in self.used))
        return any_holds([is_one_of(settled(account, self.own), accounts), told(truth(account.text in self.allowed))])


def artifact_bucket_policy_public(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:
    """One clause for the bucket, one for a public list, and one per statement or principal that lets in too much."""
    bucket = subject.value
    assert isinstance(bucket, Bucket)  # noqa: S101 - the rule file names the kind of subject
    label = f"bucket {quoted(bucket.name, logical_id(bucket.place))}"
    policies = policies_of(bucket, inventory)
    expected = _expected(bucket, inventory, params)
    yield clause_of(YES, bucket.place, f"{label} lets nobody in who has no part in its pipelines")
    private = ~told(ask(bucket.acl, lambda acl: acl in _PUBLIC_LISTS), bucket.acl)
    if private.truth is not Truth.TRUE:
        say = f"{label} is public: its access control list is {quoted(bucket.acl, 'not known')}"
        yield clause_of(private.about(f"whether {label} is public is not known"), bucket.acl.place, say)
    for attached in statements_of(policies):
        yield from _clauses(attached, label, expected)
    for unseen in hidden_statements_of(policies):
        question = f"whether the policy of {label} lets the public in is not known"
        yield clause_of(undecided(unseen).about(question), unseen.place, question)


def _expected(bucket: Bucket, inventory: Inventory, params: Params) -> _Expected:
    pipelines = pipelines_using(bucket, inventory)
    used = (account for pipeline in pipelines for account in accounts_used_by(pipeline))
    allowed = params.get("allow_accounts")
    return _Expected(
        own_account(bucket.place.source, pipelines, inventory),
        tuple(used),
        frozenset(str(number) for number in allowed) if isinstance(allowed, list | tuple) else frozenset(),
    )


def _clauses(attached: Attached, label: str, expected: _Expected) -> Iterator[Clause]:
    statement = attached.statement
    applies = all_hold([attached.there, told(equals(statement.effect, "Allow"), statement.effect)])
    if applies.truth is Truth.FALSE:
        return
    public = all_hold([_is_for_all(attached, expected), ~is_pinned(statement)])
    if public.truth is not Truth.FALSE:
        yield clause_of(
            ~public.about(f"whether {label} is public is not known"),
            opened_at(statement),
            f"{label} is public: a statement allows everybody, with no condition that pins an account, "
            "an organisation or a VPC endpoint",
            applies=applies,
        )
        return
    yield from _foreign(attached, label, expected, applies)


def _is_for_all(attached: Attached, expected: _Expected) -> Answer:
    """Whether a statement is for everybody; what stands for an account that an action uses is no `*`."""
    principals = attached.statement.principals
    return any_holds(
        [
            *(all_hold([who.there, _is_all(who.principal, expected)]) for who in named(attached.statement)),
            *([] if principals.open is None else [undecided(principals.open)]),
            is_for_all_but_some(attached.statement),
        ]
    )


def _is_all(principal: Principal, expected: _Expected) -> Answer:
    answer = everybody(principal)
    if answer.truth is Truth.UNKNOWN:
        account, _ = _account(principal)
        if account is not None and expected.holds(account).truth is Truth.TRUE:
            return NO
    return answer


def _foreign(attached: Attached, label: str, expected: _Expected, applies: Answer) -> Iterator[Clause]:
    """One clause for each account that a statement names, itself or in its conditions, and that is not expected."""
    for who in named(attached.statement):
        if everybody(who.principal).truth is Truth.FALSE:
            account, cause = _account(who.principal)
            holds = undecided(cause) if cause is not None else YES if account is None else expected.holds(account)
            yield from _stranger(holds, account, who.principal.place, label, all_hold([applies, who.there]))
    if is_for_everybody(attached.statement).truth is not Truth.FALSE:
        for value in accounts_pinned(attached.statement):
            account = account_of(value)
            if account is not None:
                yield from _stranger(expected.holds(account), account, value.place, label, applies)


def _account(principal: Principal) -> tuple[Account | None, Unknown | None]:
    """The account of a principal, or why it cannot be told; neither for services and identity providers."""
    kind = known(principal.type)
    if kind in {"Service", "Federated"}:
        return None, None
    account = account_of(principal.id)
    if account is None and kind == "CanonicalUser":
        detail = f"the account of canonical user {quoted(principal.id, '')} is not known"
        return None, Unknown(Reason.NOT_RETURNED, detail, principal.place)
    return account, None


def _stranger(holds: Answer, account: Account | None, place: Place, label: str, applies: Answer) -> Iterator[Clause]:
    if holds.truth is Truth.TRUE:
        return
    number = "an account" if account is None or account.text is None else f"account {account.text}"
    yield clause_of(
        holds.about(f"whether {label} lets in {number} as a part of its pipelines is not known"),
        place,
        f"{label} lets in {number}, which no action of its pipelines uses",
        applies=applies,
        severity=Severity.MEDIUM,
    )
