"""moto behind the tests' front, with many pipelines: `python benchmarks/live_server.py 2000` prints its URL."""

from __future__ import annotations

import logging
import sys
import threading
from pathlib import Path
from typing import Any

from moto.codepipeline.models import codepipeline_backends
from moto.server import ThreadedMotoServer

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.live.account import IRELAND, NUMBER, Account, build, source
from tests.live.front import Front

PIPELINES_PER_PROJECT = 2
_PAGE = 1_000


def main() -> None:
    """Serves until it is ended."""
    count = int(sys.argv[1])
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    front = Front(server.get_host_and_port()[1], page=_PAGE)
    account = Account(front.url)
    pipe = account.role("pipeline", "codepipeline.amazonaws.com", {"Effect": "Allow", "Action": "*", "Resource": "*"})
    builder = account.role("build", "codebuild.amazonaws.com")
    account.bucket("artifacts")
    for index in range(count // PIPELINES_PER_PROJECT):
        account.project(f"project-{index}", builder)
    backend = codepipeline_backends[NUMBER][IRELAND]
    for index in range(count):
        name = f"pipeline-{index:05}"
        pipeline: dict[str, Any] = {
            "name": name,
            "roleArn": pipe,
            "artifactStore": {"type": "S3", "location": "artifacts"},
            "stages": [source(), build(f"project-{index // PIPELINES_PER_PROJECT}")],
            "version": 1,
        }
        backend.create_pipeline(pipeline, [{"key": "team", "value": "shop"}])
        front.pipelines[NUMBER, IRELAND, name] = pipeline
    print(front.url, flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
