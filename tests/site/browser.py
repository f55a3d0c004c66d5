"""A headless Chromium that is told by its debugging protocol what to open."""

from __future__ import annotations

import functools
import json
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import websocket

from tests.chromium import QUIET, program

BROKEN_PICTURES = """
Promise.all([...document.images].map(picture => {
  picture.loading = "eager";
  return picture.decode().then(() => null, () => picture.src);
})).then(found => found.filter(source => source !== null))
"""


class QuietServer(SimpleHTTPRequestHandler):
    """Serves files and writes no log."""

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback; yield its address."""
    handler = functools.partial(QuietServer, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@dataclass
class Page:
    """What happened while a page was opened.

    Attributes
    ----------
    errors : list of str
        Of scripts, of the console and of the network.
    asked : list of str
        Every address that was asked for.
    """

    errors: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


class Browser:
    """One page of a running Chromium."""

    def __init__(self, socket: websocket.WebSocket) -> None:
        self.socket = socket
        self.number = 0
        self.page = Page()
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and wait for its answer; note events on the way."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        self.socket.send(json.dumps(message))
        while True:
            got = self.receive()
            if got.get("id") == self.number:
                assert "error" not in got, got
                return got["result"]

    def receive(self) -> dict[str, Any]:
        got = json.loads(self.socket.recv())
        method, params = got.get("method"), got.get("params", {})
        if method == "Runtime.exceptionThrown":
            self.page.errors.append(str(params["exceptionDetails"]))
        elif method == "Log.entryAdded" and params["entry"]["level"] == "error":
            self.page.errors.append(str(params["entry"]))
        elif method == "Runtime.consoleAPICalled" and params["type"] == "error":
            self.page.errors.append(str(params["args"]))
        elif method == "Network.requestWillBeSent":
            self.page.asked.append(params["request"]["url"])
        return got

    def open(self, address: str) -> Page:
        """Open a page and wait until it and its pictures are there."""
        self.page = Page()
        self.ask("Page.navigate", url=address)
        while self.receive().get("method") != "Page.loadEventFired":
            pass
        broken = self.evaluate(BROKEN_PICTURES)
        self.page.errors += [f"broken picture: {source}" for source in broken]
        return self.page

    def evaluate(self, script: str) -> Any:
        """Return the value of an expression in the page, a promise's too."""
        got = self.ask(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in got, got
        return got["result"].get("value")


@contextmanager
def chromium(folder: Path) -> Iterator[Browser]:
    """Start Chromium with its profile in `folder`; it is gone afterwards."""
    options = [*QUIET, "--remote-debugging-port=0"]
    options += [f"--user-data-dir={folder}", "about:blank"]
    with subprocess.Popen(
        [str(program()), *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            port = folder / "DevToolsActivePort"
            for _ in range(600):
                if port.is_file() and port.read_text().count("\n"):
                    break
                assert process.poll() is None, "chromium does not start"
                time.sleep(0.1)
            number = port.read_text().split()[0]
            with urllib.request.urlopen(f"http://127.0.0.1:{number}/json/list") as said:
                targets = json.load(said)
            (target,) = [one for one in targets if one["type"] == "page"]
            socket = websocket.create_connection(
                target["webSocketDebuggerUrl"], timeout=120, suppress_origin=True
            )
            yield Browser(socket)
            socket.close()
        finally:
            process.terminate()
