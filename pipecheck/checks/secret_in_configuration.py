"""Whether settings of actions and variables of pipelines write secrets out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipecheck.analysis.answer import YES, undecided
from pipecheck.analysis.labels import quoted
from pipecheck.analysis.written_secrets import holds_secret
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import Action, Pipeline
from pipecheck.model.subject import Subject
from pipecheck.rules.answered import clause_of
from pipecheck.rules.clause import Clause
from pipecheck.rules.rule import Params
from pipecheck.values import Absent, Known, Truth, Value
from pipecheck.values.items import values

_TOLD_ELSEWHERE = frozenset(
    {"BuildspecOverride", "ClientSecret", "EnvironmentVariables", "OAuthToken", "RefreshToken"}
)
"""Settings that other rules about secrets look at."""


def secret_in_configuration(subject: Subject, inventory: Inventory, params: Params) -> Iterable[Clause]:  # noqa: ARG001
    """One clause for the subject, and one for each setting or variable that writes a secret out, or may.

    No text of a clause holds a value.
    """
    owner = subject.value
    assert isinstance(owner, Pipeline | Action)  # noqa: S101 - the rule file names the kinds of subject
    yield clause_of(YES, subject.place, "no secret is written out")
    for name, value, label in _settings(owner):
        found = holds_secret(name, value)
        if found.truth is not Truth.FALSE:
            answer = found.about(f"whether {label} holds a secret is not known")
            yield clause_of(~answer, value.place, f"{label} holds a secret in clear")
    unseen = owner.variables.open if isinstance(owner, Pipeline) else owner.configuration.open
    if unseen is not None:
        yield clause_of(undecided(unseen), unseen.place, "the settings may hold secrets")


def _settings(owner: Pipeline | Action) -> Iterator[tuple[str, Value[str], str]]:
    if isinstance(owner, Action):
        for name, value in owner.configuration.entries.items():
            if name not in _TOLD_ELSEWHERE:
                yield name, value, f"setting {name} of action {quoted(owner.name, 'without a name')}"
        return
    for variable in values(owner.variables):
        if not isinstance(variable.default, Absent):
            named = variable.name.value if isinstance(variable.name, Known) else "secret"
            yield named, variable.default, f"the default of variable {quoted(variable.name, 'without a name')}"
