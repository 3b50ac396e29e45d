"""An HTTP server in front of moto's: it answers what moto lacks, makes faults on demand, and remembers every call.

What moto has no answer for, or answers wrongly, is answered here, and every such answer is checked against botocore's
model of the service:

- codepipeline GetPipeline: moto drops everything that only V2 has; here is what CreatePipeline was given
- codepipeline ListPipelines: moto ignores maxResults; here pages hold two, or as many as the front is told
- codepipeline GetPipelineState and ListWebhooks
- codestar-notifications ListNotificationRules and DescribeNotificationRule
- codeconnections GetConnection
- codedeploy BatchGetDeploymentGroups
- account ListRegions
"""

from __future__ import annotations

import http.client
import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import botocore.session
from botocore.validate import ParamValidator

_SCOPE = re.compile(r"Credential=(?P<key>[^/]+)/\d+/(?P<region>[^/]+)/(?P<service>[^/]+)/")
_BUCKET_CALLS = {
    "acl": "GetBucketAcl", "encryption": "GetBucketEncryption", "lifecycle": "GetBucketLifecycleConfiguration",
    "location": "GetBucketLocation", "logging": "GetBucketLogging", "ownershipControls": "GetBucketOwnershipControls",
    "policy": "GetBucketPolicy", "publicAccessBlock": "GetPublicAccessBlock", "versioning": "GetBucketVersioning",
}  # fmt: skip
_PATHS = {
    "/listNotificationRules": "ListNotificationRules",
    "/describeNotificationRule": "DescribeNotificationRule",
    "/listRegions": "ListRegions",
}
_SIGNED_AS = {"monitoring": "cloudwatch"}


@dataclass(frozen=True)
class Call:
    """A request: which operation of which service, where, with whose key, and what it says."""

    service: str
    operation: str
    region: str
    key: str
    body: bytes

    @property
    def name(self) -> str:
        return f"{self.service}:{self.operation}"

    @property
    def said(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body or b"{}")
        return found


@dataclass(frozen=True)
class Answer:
    """A response. `status` 0 hangs up without one; `delay` waits before it."""

    status: int
    body: bytes = b""
    type: str = "application/x-amz-json-1.1"
    delay: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)


Fault = Callable[[Call], Answer | None]


def error(call: Call, code: str, status: int = 400) -> Answer:
    """An error in the words of the call's service."""
    if call.service == "s3":
        return Answer(status, f"<Error><Code>{code}</Code><Message>no</Message></Error>".encode(), "application/xml")
    if call.service in {"iam", "sts"}:
        text = f"<ErrorResponse><Error><Code>{code}</Code><Message>no</Message></Error></ErrorResponse>"
        return Answer(status, text.encode(), "text/xml")
    return Answer(status, json.dumps({"__type": code, "message": "no"}).encode(), headers={"x-amzn-errortype": code})


@cache
def output_shape(service: str, operation: str) -> Any:
    model = botocore.session.get_session().get_service_model(service)
    return model.operation_model(operation).output_shape


def checked(service: str, operation: str, answer: dict[str, Any]) -> Answer:
    """The answer, once botocore's model of the service agrees with it."""
    report = ParamValidator().validate(answer, output_shape(service, operation))
    assert not report.has_errors(), report.generate_report()
    return Answer(200, json.dumps(answer, default=str).encode())


class Front:
    """The server. Everything that is not answered here goes to moto at `port`."""

    def __init__(self, port: int, page: int = 2) -> None:
        self.page = page
        self.faults: list[Fault] = []
        self.calls: list[Call] = []
        self.pipelines: dict[tuple[str, str, str], dict[str, Any]] = {}
        self.disabled: dict[str, list[str]] = {}
        self.webhooks: list[dict[str, Any]] = []
        self.notification_rules: dict[str, dict[str, Any]] = {}
        self.connections: dict[str, dict[str, Any]] = {}
        self.deployment_groups: dict[str, list[dict[str, Any]]] = {}
        self.accounts: dict[str, str] = {}
        self.regions = ["eu-west-1", "us-east-1"]
        self._lock = threading.Lock()
        self._moto = port
        front = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _any(self) -> None:
                front.handle(self)

            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _any  # noqa: N815 - the base class's names

            def log_message(self, format: str, *args: object) -> None:
                """Nobody reads it."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, request: object, client_address: object) -> None:
                """A client that hangs up is no news."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def names(self) -> list[str]:
        return [call.name for call in self.calls]

    def handle(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        call = _call(request, body)
        with self._lock:
            self.calls.append(call)
        answer = next((found for fault in list(self.faults) if (found := fault(call)) is not None), None)
        if answer is None:
            answer = self._own(call) or self._forwarded(request, call)
        if answer.delay:
            threading.Event().wait(answer.delay)
        if answer.status == 0:
            request.close_connection = True
            request.connection.close()
            return
        request.send_response(answer.status)
        for name, value in answer.headers.items():
            request.send_header(name, value)
        request.send_header("Content-Type", answer.type)
        request.send_header("Content-Length", str(len(answer.body)))
        request.end_headers()
        if request.command != "HEAD":
            request.wfile.write(answer.body)

    def _account(self, call: Call) -> str:
        """The account of the call's key: of a key that AssumeRole gave, that of the role."""
        return self.accounts.get(call.key, "123456789012")

    def _forwarded(self, request: BaseHTTPRequestHandler, call: Call) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self._moto, timeout=30)
        kept = {name: value for name, value in request.headers.items() if name.lower() != "connection"}
        kept["x-moto-account-id"] = self._account(call)
        connection.request(request.command, request.path, call.body, kept)
        response = connection.getresponse()
        data = response.read()
        connection.close()
        role, key = _ROLE.search(call.body), _TAKEN.search(data)
        if call.operation == "AssumeRole" and role is not None and key is not None:
            self.accounts[key[1].decode()] = role[1].decode()
        headers = {name: value for name, value in response.getheaders() if name.lower().startswith("x-amz")}
        return Answer(response.status, data, response.getheader("Content-Type") or "", headers=headers)

    def _own(self, call: Call) -> Answer | None:
        """The answer to a call that moto has none for."""
        method = getattr(self, f"_{call.service}_{call.operation}".replace("-", "_"), None)
        return None if method is None else method(call)

    def _key(self, call: Call, name: str) -> tuple[str, str, str]:
        return self._account(call), call.region, name

    def _codepipeline_CreatePipeline(self, call: Call) -> Answer | None:  # noqa: N802 - named like the operation
        said = call.said
        self.pipelines[self._key(call, said["pipeline"]["name"])] = said["pipeline"]
        return None

    def _codepipeline_ListPipelines(self, call: Call) -> Answer:  # noqa: N802
        names = sorted(
            name
            for account, region, name in self.pipelines
            if (account, region) == (self._account(call), call.region)
        )
        start = int(call.said.get("nextToken", "0"))
        answer: dict[str, Any] = {"pipelines": [{"name": name} for name in names[start : start + self.page]]}
        if start + self.page < len(names):
            answer["nextToken"] = str(start + self.page)
        return checked("codepipeline", "ListPipelines", answer)

    def _codepipeline_GetPipeline(self, call: Call) -> Answer:  # noqa: N802
        key = self._key(call, call.said["name"])
        if key not in self.pipelines:
            return error(call, "PipelineNotFoundException")
        arn = f"arn:aws:codepipeline:{call.region}:{self._account(call)}:{key[2]}"
        answer = {"pipeline": {"version": 1, **self.pipelines[key]}, "metadata": {"pipelineArn": arn}}
        return checked("codepipeline", "GetPipeline", answer)

    def _codepipeline_GetPipelineState(self, call: Call) -> Answer:  # noqa: N802
        name = call.said["name"]
        stages = self.pipelines[self._key(call, name)]["stages"]
        disabled = self.disabled.get(name, [])
        states = [
            {
                "stageName": stage["name"],
                "inboundTransitionState": {"enabled": False, "disabledReason": "frozen"}
                if stage["name"] in disabled
                else {"enabled": True},
            }
            for stage in stages
        ]
        return checked("codepipeline", "GetPipelineState", {"pipelineName": name, "stageStates": states})

    def _codepipeline_ListWebhooks(self, call: Call) -> Answer:  # noqa: ARG002, N802
        return checked("codepipeline", "ListWebhooks", {"webhooks": self.webhooks})

    def _codestar_notifications_ListNotificationRules(self, call: Call) -> Answer:  # noqa: ARG002, N802
        rules = [{"Id": arn.rsplit("/", 1)[-1], "Arn": arn} for arn in self.notification_rules]
        return checked("codestar-notifications", "ListNotificationRules", {"NotificationRules": rules})

    def _codestar_notifications_DescribeNotificationRule(self, call: Call) -> Answer:  # noqa: N802
        rule = self.notification_rules[call.said["Arn"]]
        return checked("codestar-notifications", "DescribeNotificationRule", rule)

    def _codeconnections_GetConnection(self, call: Call) -> Answer:  # noqa: N802
        found = self.connections.get(call.said["ConnectionArn"])
        if found is None:
            return error(call, "ResourceNotFoundException")
        return checked("codeconnections", "GetConnection", {"Connection": found})

    def _codedeploy_BatchGetDeploymentGroups(self, call: Call) -> Answer:  # noqa: N802
        said = call.said
        groups = self.deployment_groups.get(said["applicationName"], [])
        wanted = [group for group in groups if group["deploymentGroupName"] in said["deploymentGroupNames"]]
        return checked("codedeploy", "BatchGetDeploymentGroups", {"deploymentGroupsInfo": wanted})

    def _account_ListRegions(self, call: Call) -> Answer:  # noqa: ARG002, N802
        regions = [{"RegionName": region, "RegionOptStatus": "ENABLED"} for region in self.regions]
        return checked("account", "ListRegions", {"Regions": regions})


_TAKEN = re.compile(rb"<AccessKeyId>(\w+)</AccessKeyId>")
_ROLE = re.compile(rb"arn(?:%3A|:)aws(?:%3A|:)iam(?:%3A|:){2}(\d{12})")


def _call(request: BaseHTTPRequestHandler, body: bytes) -> Call:
    scope = _SCOPE.search(request.headers.get("Authorization") or "")
    parts = urlsplit(request.path)
    target = request.headers.get("X-Amz-Target")
    if target is not None:
        operation = target.rsplit(".", 1)[-1]
    elif "/operation/" in parts.path:
        operation = parts.path.rsplit("/", 1)[-1]
    elif parts.path in _PATHS:
        operation = _PATHS[parts.path]
    elif (action := parse_qs(body.decode("utf-8", "replace")).get("Action")) is not None:
        operation = action[0]
    elif request.command == "GET":
        query = parse_qs(parts.query, keep_blank_values=True)
        operation = next((name for key, name in _BUCKET_CALLS.items() if key in query), "Unknown")
    else:
        operation = "Unknown"
    if scope is None:
        return Call("", operation, "", "", body)
    service = _SIGNED_AS.get(scope["service"], scope["service"])
    return Call(service, operation, scope["region"], scope["key"], body)
