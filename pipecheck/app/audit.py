"""What an audit asks of an account, and what it has to say afterwards about what it could not read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipecheck.aws.fetch import Fetched, FetchRequest
from pipecheck.errors import UsageError

CALLS_AT_ONCE = 8
"""How many calls are under way at once unless somebody says otherwise."""

INTERRUPTED = 130
"""The exit code of a program that Ctrl-C has ended: 128 and the number of SIGINT."""

INCOMPLETE = 3

_REGION = re.compile(r"[a-z]{2,4}(?:-[a-z0-9]+)+-\d+")


def check(request: FetchRequest) -> None:
    """Raises UsageError where what is asked for does not fit together."""
    _check_names(request)
    credentials = request.credentials
    if request.regions and request.all_regions:
        raise UsageError("--region and --all-regions do not go together")
    if credentials.organization and credentials.accounts_file is not None:
        raise UsageError("--organization and --accounts-file do not go together")
    if credentials.units and not credentials.organization:
        raise UsageError("--unit needs --organization")
    if credentials.organization and credentials.role_name is None:
        raise UsageError("--organization needs --role-name: the role to take in each account")
    if credentials.external_id is not None and not any(
        (credentials.role_arn, credentials.role_name, credentials.accounts_file)
    ):
        raise UsageError("--external-id needs a role: --role-arn, --role-name or --accounts-file")


def _check_names(request: FetchRequest) -> None:
    for region in request.regions:
        if _REGION.fullmatch(region) is None:
            raise UsageError(f"{region!r} is no region", help=("regions have names such as eu-west-1",))
    url = request.connecting.endpoint_url
    if url is not None and not url.startswith(("http://", "https://")):
        raise UsageError(f"--endpoint-url {url}: expected a URL that starts with http:// or https://")


def summary(fetched: Fetched, folder: str) -> Iterator[str]:
    """What a fetch has brought, line by line: first what it is, then each gap with what it blinds."""
    yield f"{fetched.resources} resources in {folder}, {fetched.calls} calls"
    for gap in fetched.denied:
        yield f"denied: {gap.permission}: cannot tell {gap.fills}"
    for skipped in fetched.skipped:
        yield f"skipped: {'/'.join(filter(None, (skipped.account, skipped.region)))}: {skipped.why}"
    for problem in fetched.problems:
        yield f"not fetched: {problem}"
    if fetched.interrupted:
        yield f"interrupted: what was fetched is kept; go on with --out {folder} --resume"
    elif fetched.problems:
        yield f"the snapshot is not complete: fetch the rest with --out {folder} --resume"


def exit_code(fetched: Fetched, scanned: int) -> int:
    """The exit code of an audit whose scan ended with `scanned`: 3 where the snapshot is not complete.

    What was denied leaves the audit complete: its rules cannot tell.
    """
    if fetched.interrupted:
        return INTERRUPTED
    return INCOMPLETE if fetched.problems and scanned != 4 else scanned
