"""Values that differ between the cases in which a definition can be deployed.

A gate must hold in every case. What a value is by the default of a parameter that conditions read, or by the branch
of a condition that the defaults choose, it is in one case only: for gates it is not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from pipecheck.model.conditions import Conditions
from pipecheck.model.pipeline import Action
from pipecheck.values import Absent, Known, Reason, Step, Unknown, Value
from pipecheck.values.items import values
from pipecheck.values.record import record, replace

T = TypeVar("T")


@record
class Settled:
    """Takes what depends on the case for unknown, given the conditions of the definition."""

    conditions: Conditions

    def value(self, value: Value[T]) -> Value[T]:
        """The value where it is the same in every case, else an unknown that says what it depends on."""
        step = self._varying(value)
        if step is None or isinstance(value, Absent):
            return value
        what = "condition" if step.kind == "condition" else "parameter"
        name = step.name.split(" ", 1)[0]
        return Unknown(Reason.CONDITION_UNDECIDED, f"it depends on {what} {name}", value.place, via=value.via)

    def action(self, action: Action) -> Action:
        """The action with every value that gates, effects and artifacts are told by; itself where none varies."""
        if all(self._varying(value) is None for value in _telling(action)):
            return action
        configuration = replace(
            action.configuration,
            entries={name: self.value(value) for name, value in action.configuration.entries.items()},
        )
        return replace(
            action,
            category=self.value(action.category),
            owner=self.value(action.owner),
            provider=self.value(action.provider),
            run_order=self.value(action.run_order),
            role_arn=self.value(action.role_arn),
            region=self.value(action.region),
            configuration=configuration,
            input_artifacts=action.input_artifacts.each(self.value),
            output_artifacts=action.output_artifacts.each(
                lambda artifact: replace(artifact, name=self.value(artifact.name))
            ),
        )

    def _varying(self, value: Value[object]) -> Step | None:
        """What a known value came through that differs between the cases."""
        if not isinstance(value, Known) or not value.via:
            return None
        return next((step for step in value.via if self._varies(step)), None)

    def _varies(self, step: Step) -> bool:
        if step.kind == "condition":
            return True
        parameter = self.conditions.parameters.get(step.name) if step.kind == "parameter-default" else None
        return parameter is not None and not parameter.fixed and len(parameter.domain) > 1


def _telling(action: Action) -> Iterator[Value[object]]:
    """The values of an action that gates, effects and artifacts are told by."""
    yield from (action.category, action.owner, action.provider, action.run_order, action.role_arn, action.region)
    yield from action.configuration.entries.values()
    yield from values(action.input_artifacts)
    yield from (artifact.name for artifact in values(action.output_artifacts))
