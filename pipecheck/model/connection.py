"""A connection to a Git host, through which pipelines get their sources."""

from __future__ import annotations

from pipecheck.values import Place, Value
from pipecheck.values.record import record


@record
class Connection:
    """A connection. `provider` is GitHub, Bitbucket, GitLab …, or absent where `host` is an installation of its own.

    `status` is PENDING, AVAILABLE or ERROR: a new connection is PENDING until somebody completes it in the console.
    https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_Connection.html
    """

    name: Value[str]
    provider: Value[str]
    host: Value[str]
    status: Value[str]
    place: Place
