"""What the files of snapshots hold, for an inventory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from pipecheck.errors import InputError
from pipecheck.model.inventory import Home, Resource, ScannedInput
from pipecheck.values import Member, Unknown
from pipecheck.values.record import record


@record
class Snapshot:
    """The inputs and resources; `homes` tells where those of each file are.

    `unlisted` says of which kinds there may be more, and why; `errors` which files cannot be read.
    """

    inputs: tuple[ScannedInput, ...] = ()
    members: Mapping[type, Sequence[Member[Resource]]] = field(default_factory=dict)
    unlisted: Mapping[type, Unknown] = field(default_factory=dict)
    homes: Mapping[str, Home] = field(default_factory=dict)
    errors: tuple[InputError, ...] = ()
