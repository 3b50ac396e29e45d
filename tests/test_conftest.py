import socket
import subprocess
from pathlib import Path

import pytest


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 80), ("example.com", 80)])
def test_connecting_outside_this_machine_fails_the_test(address: tuple[str, int]) -> None:
    with pytest.raises(pytest.fail.Exception, match="must not use the network"):
        socket.create_connection(address, timeout=1)


def test_a_raw_connect_outside_this_machine_fails_the_test() -> None:
    with socket.socket() as client, pytest.raises(pytest.fail.Exception, match=r"192\.0\.2\.1"):
        client.connect_ex(("192.0.2.1", 80))


def test_connecting_to_this_machine_works() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


def test_the_sarif_multitool_runs(sarif_multitool: Path) -> None:
    done = subprocess.run([sarif_multitool, "--version"], capture_output=True, text=True, check=False)
    assert "5.7.0" in done.stdout + done.stderr
