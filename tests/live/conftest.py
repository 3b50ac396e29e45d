"""moto behind the front, and a small account in it."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import botocore.loaders
import pytest

from tests.live.account import Account
from tests.live.front import Front


@pytest.fixture(scope="session", autouse=True)
def service_models() -> Iterator[None]:
    """Lets every session of boto3 share the models of the services, which take seconds to read."""
    loader = botocore.loaders.create_loader()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(botocore.loaders, "create_loader", lambda *_: loader)
        yield


@pytest.fixture(scope="session")
def moto_port() -> Iterator[int]:
    os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"
    from moto.server import ThreadedMotoServer  # noqa: PLC0415 - after its settings

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield server.get_host_and_port()[1]
    server.stop()


@pytest.fixture(scope="session")
def filled(moto_port: int) -> dict[tuple[str, str, str], dict[str, Any]]:
    """The pipelines of the small account, which is made once: tests that add to it take names of their own."""
    front = Front(moto_port)
    Account(front.url).fill()
    front.close()
    return front.pipelines


@pytest.fixture
def front(moto_port: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Front]:
    """A front without pipelines, with credentials for it in the environment."""
    for name in ("AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "no-config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "no-credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    front = Front(moto_port)
    yield front
    front.close()


@pytest.fixture
def account(front: Front, filled: dict[tuple[str, str, str], dict[str, Any]]) -> Account:
    """Three pipelines in two regions, with what they rest on."""
    front.pipelines.update(filled)
    return Account(front.url)
