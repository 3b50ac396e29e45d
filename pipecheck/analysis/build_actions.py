"""Which build project an action runs."""

from __future__ import annotations

from pipecheck.model.pipeline import Action
from pipecheck.values import Absent, Truth, Value
from pipecheck.values.text import equals


def runs_project(action: Action) -> Truth:
    """Whether an action runs a project of CodeBuild. Actions of one's own do not, whatever they are called.

    https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-create-custom-action.html
    """
    return equals(action.provider, "CodeBuild") & ~equals(action.owner, "Custom")


def project_of(action: Action) -> Value[str]:
    """The name of the project that an action runs, if it runs one; absent where it surely runs none.

    Jenkins too calls what it runs ProjectName.
    """
    if runs_project(action) is Truth.FALSE:
        return Absent(action.place)
    return action.configuration.get("ProjectName")
