"""One canonical name for the code under test, a hermetic cache, real data when it is there."""

from __future__ import annotations

import importlib.util
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from coodiag.coodiag_plugin.demo.generate import DemoPaths
    from coodiag.tests.servers.world import World

ROOT = Path(__file__).resolve().parents[1]

# How long an example takes tells of the machine's other work, not of the code under test.
settings.register_profile("coodiag", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("coodiag")

if "coodiag" not in sys.modules:
    spec = importlib.util.spec_from_file_location(
        "coodiag", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    assert spec is not None and spec.loader is not None
    package = importlib.util.module_from_spec(spec)
    sys.modules["coodiag"] = package
    spec.loader.exec_module(package)


@pytest.fixture(autouse=True)
def hermetic(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache of its own for each test session, and no socket beyond loopback."""
    monkeypatch.setenv("COODIAG_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else "localhost"
        if self.family in (socket.AF_INET, socket.AF_INET6) and host not in (
            "127.0.0.1",
            "::1",
            "localhost",
        ):
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    resolve = socket.getaddrinfo

    def resolved(host: object, *more: Any, **options: Any) -> Any:
        if host not in ("127.0.0.1", "::1", "localhost", None):
            raise socket.gaierror(socket.EAI_NONAME, f"a test asked for the address of {host}")
        return resolve(host, *more, **options)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket, "getaddrinfo", resolved)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DemoPaths:
    """The files of the demonstration, made once for all the tests: none may change them."""
    from coodiag.coodiag_plugin.demo.generate import generate

    return generate(tmp_path_factory.mktemp("démonstration"))


@pytest.fixture(scope="session")
def world(demo: DemoPaths) -> World:
    """The same files as the local servers tell them."""
    from coodiag.tests.servers.world import World

    return World(demo.data_folder)


def real_data_folder() -> Path:
    return Path(os.environ.get("COODIAG_REAL_DATA", ROOT.parent / "shared" / "data"))


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Folder of real open data; the test skips with its reason when it is not there."""
    folder = real_data_folder()
    if not folder.is_dir():
        pytest.skip(f"real data not found in {folder} (set COODIAG_REAL_DATA)")
    return folder
