"""A small run of its own process: pages of a list then a big file, or requests at full speed.

``web_run.py <url> <folder> <output> [count]``. It is killed by the tests at any moment.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def alias() -> None:
    spec = importlib.util.spec_from_file_location(
        "coodiag", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    assert spec is not None and spec.loader is not None
    package = importlib.util.module_from_spec(spec)
    sys.modules["coodiag"] = package
    spec.loader.exec_module(package)


def pages_and_file(url: str, folder: Path, output: Path) -> None:
    """Every page of ``/items``, then ``/file``, then one result file."""
    from coodiag.coodiag_plugin.sources.web.client import Request
    from coodiag.tests.unit.web_samples import client, items

    web = client(folder, url)
    found: list[str] = []
    number, last = 1, 1
    while number <= last:
        answer = web.json(items(number))
        found += answer["items"]
        number, last = number + 1, answer["pages"]
    path = web.download(Request.get("geo_api", "file"), output.with_name("file.zip"))
    output.write_text(json.dumps({"items": found, "size": path.stat().st_size}))


def full_speed(url: str, folder: Path, count: int) -> None:
    from coodiag.coodiag_plugin.sources.web.client import Request
    from coodiag.coodiag_plugin.sources.web.waits import Clock
    from coodiag.tests.unit.web_samples import client

    web = client(folder, url, mode="refresh", service="isochrone", clock=Clock())
    for number in range(count):
        web.json(Request.get("isochrone", "items", {"page": number % 6 + 1}))


if __name__ == "__main__":
    alias()
    address, cache, result = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    if len(sys.argv) > 4:
        full_speed(address, cache, int(sys.argv[4]))
    else:
        pages_and_file(address, cache, result)
