"""The names of AWS's answers cover what the decoders ask for."""

from __future__ import annotations

import inspect
import re

import pytest

from pipecheck.loaders.decode import (
    alarm,
    bucket,
    build_project,
    connection,
    deployment,
    event_rule,
    key,
    log_group,
    notification_rule,
    role,
    trail,
    webhook,
)
from pipecheck.loaders.live.names import LIVE

ASKED = re.compile(r'names\["([a-z_.]+)"\]')


@pytest.mark.parametrize(
    "decoder",
    [
        alarm, bucket, build_project, connection, deployment, event_rule, key, log_group, notification_rule, role,
        trail, webhook,
    ],
    ids=lambda module: str(module.__name__).rsplit(".", 1)[-1],
)  # fmt: skip
def test_every_name_that_a_decoder_asks_for_is_there(decoder: object) -> None:
    asked = set(ASKED.findall(inspect.getsource(decoder)))  # type: ignore[arg-type]

    assert asked
    assert asked - LIVE.keys() == set()
