"""What a fetch of many pipelines costs: calls per pipeline, calls per second as a share of the server's own, memory.

`python benchmarks/live_scale.py` fetches 200 and 2,000 pipelines from moto in a process of its own. The server's own
ceiling is what as many threads reach that send finished requests one after the other, in the same run.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_HERE = Path(__file__).parent
_SMALL, _LARGE = 200, 2_000
_THREADS = 8
_SECONDS = 10.0
_LEAST_SHARE = 0.7
_MOST_MEMORY = 1.3


@contextmanager
def server(count: int) -> Iterator[str]:
    """The URL of a server with so many pipelines."""
    command = [sys.executable, str(_HERE / "live_server.py"), str(count)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None  # noqa: S101 - it is a pipe
    try:
        yield running.stdout.readline().strip()
    finally:
        running.kill()
        running.wait()


def ceiling(url: str, threads: int) -> float:
    """Answers per second that the server gives to finished requests, in the mix that a fetch makes of them."""
    done = [0] * threads
    end = time.monotonic() + _SECONDS
    workers = [threading.Thread(target=_ask, args=(url, index, done, end)) for index in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return sum(done) / _SECONDS


def _ask(url: str, index: int, done: list[int], end: float) -> None:
    connection = http.client.HTTPConnection(str(urlsplit(url).netloc))
    name = "pipeline-00001"
    arn = f"arn:aws:codepipeline:eu-west-1:123456789012:{name}"
    requests = [
        ("codepipeline", "CodePipeline_20150709.GetPipeline", {"name": name}),
        ("codepipeline", "CodePipeline_20150709.GetPipelineState", {"name": name}),
        ("codepipeline", "CodePipeline_20150709.ListTagsForResource", {"resourceArn": arn}),
        ("events", "AWSEvents.ListRuleNamesByTarget", {"TargetArn": arn}),
    ]
    prepared = [(_headers(service, target), json.dumps(body)) for service, target, body in requests]
    while time.monotonic() < end:
        headers, body = prepared[done[index] % len(prepared)]
        connection.request("POST", "/", body, headers)
        connection.getresponse().read()
        done[index] += 1


def _headers(service: str, target: str) -> dict[str, str]:
    scope = f"testing/20260101/eu-west-1/{service}/aws4_request"
    signature = f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0"
    return {"X-Amz-Target": target, "Content-Type": "application/x-amz-json-1.1", "Authorization": signature}


def fetched(url: str, out: Path, threads: int) -> tuple[float, float, dict[str, Any]]:
    """Seconds, megabytes at most, and the manifest of a fetch."""
    command = [sys.executable, "-m", "pipecheck", "fetch", "--quiet", "--out", str(out), "--endpoint-url", url]
    environment = {**os.environ, "AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}
    start = time.monotonic()
    running = subprocess.Popen([*command, "--region", "eu-west-1", "--jobs", str(threads)], env=environment)
    _, status, usage = os.wait4(running.pid, 0)
    seconds = time.monotonic() - start
    if status != 0:
        sys.exit(f"the fetch ended with {os.waitstatus_to_exitcode(status)}")
    manifest: dict[str, Any] = json.loads((out / "manifest.json").read_text())
    return seconds, usage.ru_maxrss / 1024, manifest


def main() -> None:
    """Prints the figures; ends with 1 where a budget is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", type=int, default=_LARGE)
    parser.add_argument("--threads", type=int, default=_THREADS)
    options = parser.parse_args()
    memory: dict[int, float] = {}
    share = 0.0
    for count in (_SMALL, options.large):
        with server(count) as url, tempfile.TemporaryDirectory() as folder:
            before = ceiling(url, options.threads)
            seconds, memory[count], manifest = fetched(url, Path(folder) / "snapshot", options.threads)
            after = ceiling(url, options.threads)
        calls = sum(manifest["calls"].values())
        share = calls / seconds / ((before + after) / 2)
        print(f"{count} pipelines: {calls} calls, {calls / count:.2f} per pipeline, {seconds:.1f} s")
        print(f"  {calls / seconds:.0f} calls/s, ceiling {before:.0f} before and {after:.0f} after: {share:.0%}")
        print(f"  {memory[count]:.0f} MB at most")
    growth = memory[options.large] / memory[_SMALL]
    print(f"share of the ceiling: {share:.0%} (budget: {_LEAST_SHARE:.0%} or more)")
    print(f"memory, {_SMALL} to {options.large} pipelines: {growth:.2f} times (budget: {_MOST_MEMORY} or less)")
    sys.exit(share < _LEAST_SHARE or growth > _MOST_MEMORY)


if __name__ == "__main__":
    main()
