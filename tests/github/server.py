"""A stand-in for GitHub's REST API: it keeps what it is told and refuses what a test says."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

REPOSITORY = "octo/webshop"


@dataclass
class Call:
    method: str
    path: str
    body: Any
    token: str


@dataclass
class GitHub:
    """`refused` maps a beginning of a path, after the repository, to a status; `comments` are those there are."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    refused: dict[str, int] = field(default_factory=dict)
    comments: list[dict[str, Any]] = field(default_factory=list)
    refuse_after: dict[str, int] = field(default_factory=dict)

    def made(self, method: str, beginning: str) -> list[Call]:
        return [call for call in self.calls if call.method == method and call.path.startswith(beginning)]

    def answer(self, call: Call) -> tuple[int, Any]:
        for beginning, status in self.refused.items():
            if call.path.startswith(beginning):
                most = self.refuse_after.get(beginning, 0)
                if len([one for one in self.calls if one.path.startswith(beginning)]) > most:
                    return status, {"message": "refused"}
        match call.method, call.path.split("?")[0].split("/"):
            case "POST", ["check-runs"]:
                return 201, {"id": 7}
            case "PATCH", ["check-runs", "7"]:
                return 200, {"id": 7}
            case "GET", ["issues", _, "comments"]:
                page = int(re.findall(r"[?&]page=(\d+)", call.path)[0])
                return 200, self.comments[(page - 1) * 100 : page * 100]
            case "POST", ["issues", _, "comments"]:
                made = {"id": 1000 + len(self.comments), "user": {"type": "Bot"}, **call.body}
                self.comments.append(made)
                return 201, made
            case "PATCH", ["issues", "comments", number]:
                found = next(one for one in self.comments if one["id"] == int(number))
                found |= call.body
                return 200, found
            case "GET", ["code-scanning", "analyses"]:
                return 200, []
            case "POST", ["code-scanning", "sarifs"]:
                return 202, {"id": "sarif"}
            case _:
                return 404, {"message": "Not Found"}


@contextmanager
def serving() -> Iterator[GitHub]:
    """Serves on a port of this machine until the block ends."""
    github = GitHub()

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            prefix = f"/repos/{REPOSITORY}/"
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            path = self.path.removeprefix(prefix) if self.path.startswith(prefix) else f"elsewhere{self.path}"
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            call = Call(self.command, path, json.loads(body) if body else None, token)
            github.calls.append(call)
            status, answer = github.answer(call)
            text = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = do_PATCH = handle_any  # noqa: N815

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    github.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield github
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
