"""A parameter of Systems Manager's Parameter Store."""

from __future__ import annotations

from pipecheck.values import Place, Value
from pipecheck.values.record import record


@record
class StoredParameter:
    """A parameter. `type` is String, StringList or SecureString, which no template can make.

    https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Parameter.html
    """

    name: Value[str]
    type: Value[str]
    place: Place
