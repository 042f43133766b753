"""A headless Chromium with the network refused, driven over loopback (WebDriver, W3C)."""

from __future__ import annotations

import base64
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

#: Nothing may leave the machine: no name is resolved, not even in the background.
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--force-prefers-reduced-motion",
)
#: Keys of WebDriver.
DOWN, UP, RIGHT, ENTER, ESCAPE, TAB = "\ue015", "\ue013", "\ue014", "\ue007", "\ue00c", "\ue004"
_STARTS_WITHIN, _ANSWERS_WITHIN = 30.0, 120.0


def missing() -> str:
    """What is not installed, in words; "" when everything is there."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if not browser:
        return "chromium is not installed"
    return "" if shutil.which("chromedriver") else "chromedriver is not installed (chromium-driver)"


class Browser:
    """A window. ``errors()`` are what the console was told since the last question."""

    def __init__(self, port: int, options: dict[str, Any]) -> None:
        self._port = port
        answer = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": options}})
        self._session = f"/session/{answer['sessionId']}"

    def open(self, path: Path) -> None:
        self._post("/url", {"url": path.resolve().as_uri()})

    def run(self, script: str, *values: Any) -> Any:
        """The result of a script: the body of a function of ``values`` (``arguments``)."""
        return self._post("/execute/sync", {"script": script, "args": list(values)})

    def size(self, width: int, height: int) -> None:
        """The size of the page itself, whatever the least width of a window."""
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600},
        )

    def find(self, selector: str) -> dict[str, str]:
        return self._post("/element", {"using": "css selector", "value": selector})

    def click(self, selector: str) -> None:
        element = next(iter(self.find(selector).values()))
        self._post(f"/element/{element}/click", {})

    def type(self, text: str) -> None:
        """Keys as a person strikes them, where the focus is."""
        strokes = [
            stroke
            for key in text
            for stroke in ({"type": "keyDown", "value": key}, {"type": "keyUp", "value": key})
        ]
        self._post("/actions", {"actions": [{"type": "key", "id": "keys", "actions": strokes}]})

    def hover(self, x: int, y: int) -> None:
        move = {"type": "pointerMove", "duration": 0, "x": x, "y": y, "origin": "viewport"}
        pointer = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}}
        self._post("/actions", {"actions": [{**pointer, "actions": [move]}]})

    def screenshot(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self._ask("GET", f"{self._session}/screenshot")))

    def pdf(self, path: Path) -> None:
        """Printed on A4 as the page asks."""
        printed = self.devtools("Page.printToPDF", {"preferCSSPageSize": True})
        path.write_bytes(base64.b64decode(printed["data"]))

    def errors(self) -> list[str]:
        log = self._post("/se/log", {"type": "browser"})
        return [entry["message"] for entry in log if entry["level"] in ("SEVERE", "WARNING")]

    def devtools(self, command: str, params: dict[str, Any]) -> Any:
        return self._post("/goog/cdp/execute", {"cmd": command, "params": params})

    def close(self) -> None:
        self._ask("DELETE", self._session)

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        return self._ask("POST", self._session + path, body)

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=_ANSWERS_WITHIN)
        try:
            content = None if body is None else json.dumps(body)
            connection.request(method, path, content, {"Content-Type": "application/json"})
            value = json.loads(connection.getresponse().read())["value"]
        finally:
            connection.close()
        if isinstance(value, dict) and value.get("error"):
            raise AssertionError(f"{path}: {value['error']}: {value.get('message', '')[:400]}")
        return value


@contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """A browser with a profile of its own in ``folder``; ended, with what it started, at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    driver = subprocess.Popen(
        [shutil.which("chromedriver") or "chromedriver", f"--port={port}", "--log-level=OFF"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        options = {
            "goog:loggingPrefs": {"browser": "ALL"},
            "goog:chromeOptions": {
                "binary": shutil.which("chromium") or shutil.which("google-chrome"),
                "args": [*FLAGS, f"--user-data-dir={folder / 'profil'}"],
            },
        }
        window = Browser(port, options)
        try:
            yield window
        finally:
            window.close()
    finally:
        driver.terminate()
        driver.wait(timeout=20)


def _wait(port: int) -> None:
    end = time.monotonic() + _STARTS_WITHIN
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
