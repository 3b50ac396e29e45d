"""The options of the commands that read a live account."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from pipecheck.app.audit import CALLS_AT_ONCE, check
from pipecheck.aws.accounts import Credentials
from pipecheck.aws.caller import Connecting
from pipecheck.aws.fetch import FetchRequest
from pipecheck.values.record import record

_Command = TypeVar("_Command", bound=Callable[..., Any])


@record
class FetchOptions:
    """What the options say, one member each, as click gives them."""

    profile: str | None
    region: tuple[str, ...]
    all_regions: bool
    pipeline: str
    role_arn: str | None
    external_id: str | None
    session_name: str
    accounts_file: str | None
    organization: bool
    unit: tuple[str, ...]
    role_name: str | None
    endpoint_url: str | None
    resume: bool
    timeout: float


_OPTIONS = (
    click.option("--profile", metavar="NAME", help="Profile of the AWS configuration; default: boto3's own search."),
    click.option("--region", multiple=True, metavar="REGION", help="Region to look at; repeatable."),
    click.option("--all-regions", is_flag=True, help="Look at every region that the account has enabled."),
    click.option("--pipeline", default="*", metavar="GLOB", help="Only pipelines whose names match. Default: all."),
    click.option("--role-arn", metavar="ARN", help="Role to take before anything else."),
    click.option("--external-id", metavar="ID", help="External id that the role's trust policy asks for."),
    click.option(
        "--session-name", default="pipecheck", show_default=True, metavar="NAME", help="Name of the session."
    ),
    click.option(
        "--accounts-file", metavar="FILE", help="Accounts to look at, one a line: numbers, or ARNs of roles to take."
    ),
    click.option("--organization", is_flag=True, help="Look at every active account of the organisation."),
    click.option("--unit", multiple=True, metavar="OU", help="With --organization: only accounts below this unit."),
    click.option("--role-name", metavar="NAME", help="Role to take in each account of the organisation or the file."),
    click.option("--endpoint-url", metavar="URL", help="Send every call there instead of to AWS."),
    click.option("--resume", is_flag=True, help="Go on with the snapshot in the folder: fetch only what it lacks."),
    click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        default=60.0,
        show_default=True,
        metavar="SECONDS",
        help="How long to wait for a connection, and for each answer.",
    ),
)


def fetch_options(command: _Command) -> _Command:
    """Gives a command the options of FetchOptions, in their order."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def request_of(options: FetchOptions, out: Path, jobs: int | None) -> FetchRequest:
    """What to fetch. Raises UsageError where options do not fit together."""
    request = FetchRequest(
        out=out,
        credentials=Credentials(
            profile=options.profile,
            role_arn=options.role_arn,
            external_id=options.external_id,
            session_name=options.session_name,
            accounts_file=options.accounts_file,
            organization=options.organization,
            units=options.unit,
            role_name=options.role_name,
        ),
        connecting=Connecting(options.endpoint_url, options.timeout, jobs or CALLS_AT_ONCE),
        regions=options.region,
        all_regions=options.all_regions,
        pipelines=options.pipeline,
        jobs=jobs or CALLS_AT_ONCE,
        resume=options.resume,
    )
    check(request)
    return request
