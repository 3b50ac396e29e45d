"""Which accounts and regions an audit covers, and with which credentials."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipecheck.aws.caller import Caller, CallLog, Connecting, Failure
from pipecheck.aws.failures import EXPIRED, UNREACHABLE, Unavailable
from pipecheck.errors import AccountError, UsageError
from pipecheck.model.snapshot import DENIED, REGION_DISABLED
from pipecheck.values.record import record

_USUAL_REGION = "us-east-1"
_ENABLED = ("ENABLED", "ENABLED_BY_DEFAULT")
_ACTIVE = "ACTIVE"
_DIGITS = 12


@record
class Credentials:
    """Whose credentials to start with, and the role to take.

    `organization` asks for all its accounts, or for those below `units`. `accounts_file` names
    accounts, one a line, each a number or the ARN of the role to take in it.
    """

    profile: str | None = None
    role_arn: str | None = None
    external_id: str | None = None
    session_name: str = "pipecheck"
    accounts_file: str | None = None
    organization: bool = False
    units: tuple[str, ...] = ()
    role_name: str | None = None


@record
class Account:
    """An account that is let in: its number and the calls of its credentials."""

    number: str
    caller: Caller


@record
class Skipped:
    """An account or region that is not audited, and why."""

    account: str
    region: str
    why: str


class Door:
    """Opens accounts, one after the other. `skipped` are those that stay closed."""

    def __init__(self, credentials: Credentials, connecting: Connecting, log: CallLog, region: str | None) -> None:
        """`region` is where questions are asked that belong to no region; None: that of the profile."""
        self.skipped: list[Skipped] = []
        self._credentials = credentials
        self._connecting = connecting
        self._log = log
        self._session = _session(credentials.profile)
        self.region = region or self._session.region_name or None
        self._any_region = self.region or _USUAL_REGION

    def accounts(self) -> Iterator[Account]:
        """Every account of the audit. Raises AccountError and UsageError where not even the first can be entered."""
        own = Caller(self._session, self._connecting, self._log)
        if self._credentials.role_arn is not None:
            own = self._taken(own, self._credentials.role_arn)
        identity = self._identity(own)
        if not self._credentials.organization and self._credentials.accounts_file is None:
            yield Account(identity["Account"], own)
            return
        partition = identity["Arn"].split(":")[1]
        for number, role_arn in self._listed(own, partition):
            if number == identity["Account"]:
                yield Account(number, own)
                continue
            try:
                caller = self._taken(own, role_arn)
            except AccountError as error:
                self.skipped.append(Skipped(number, "", error.message))
                continue
            yield Account(number, caller)

    def regions(self, account: Account, given: Sequence[str], *, every: bool) -> tuple[str, ...]:
        """The regions to look at: all that the account has enabled, or the given ones, or that of the profile."""
        if every:
            return self._enabled(account)
        if given:
            return tuple(dict.fromkeys(given))
        if self.region is None:
            raise UsageError(
                "no region is given, and the profile has none",
                help=("name one with --region, or look at all with --all-regions",),
            )
        return (self.region,)

    def _enabled(self, account: Account) -> tuple[str, ...]:
        found: list[str] = []
        call = "account:ListRegions"
        for page in account.caller.pages(call, self._any_region, RegionOptStatusContains=list(_ENABLED)):
            if isinstance(page, Unavailable):
                self._log.failed(Failure(account.number, "", "regions", page))
                raise _refusal(page, "the enabled regions cannot be listed", ("name regions with --region",))
            found += [region["RegionName"] for region in page.get("Regions", ())]
        return tuple(sorted(found))

    def _identity(self, caller: Caller) -> dict[str, str]:
        answer = caller.call("sts:GetCallerIdentity", self._any_region)
        if isinstance(answer, Unavailable):
            raise _refusal(answer, "AWS does not let us in", ())
        assert answer is not None  # noqa: S101 - the call has no code for absence
        return answer

    def _taken(self, caller: Caller, role_arn: str) -> Caller:
        """The calls of a role that is taken. Raises AccountError."""
        external = self._credentials.external_id
        parameters = {} if external is None else {"ExternalId": external}
        name = self._credentials.session_name
        answer = caller.call("sts:AssumeRole", self._any_region, RoleArn=role_arn, RoleSessionName=name, **parameters)
        if isinstance(answer, Unavailable) or answer is None:
            found = answer or Unavailable("sts:AssumeRole", "sts:AssumeRole", DENIED, "")
            raise _refusal(
                found, f"the role {role_arn} cannot be taken", ("check its trust policy and --external-id",)
            )
        return Caller(_session_of(self._session, answer["Credentials"]), self._connecting, self._log)

    def _listed(self, own: Caller, partition: str) -> list[tuple[str, str]]:
        """The accounts to enter, each with the ARN of the role to take."""
        if self._credentials.accounts_file is not None:
            return _accounts_in(self._credentials.accounts_file, self._credentials.role_name, partition)
        name = self._credentials.role_name
        if name is None:
            raise UsageError("--organization needs --role-name: the role to take in each account")
        active: list[str] = []
        for number, status in self._members(own):
            if status == _ACTIVE:
                active.append(number)
            else:
                self.skipped.append(Skipped(number, "", f"the account is {status.lower()}"))
        return [(number, f"arn:{partition}:iam::{number}:role/{name}") for number in active]

    def _members(self, own: Caller) -> list[tuple[str, str]]:
        wanted = self._below(own, self._credentials.units) if self._credentials.units else None
        found: list[tuple[str, str]] = []
        for page in own.pages("organizations:ListAccounts", self._any_region):
            if isinstance(page, Unavailable):
                raise _refusal(page, "the accounts of the organisation cannot be listed", ())
            # `State` has taken the place of `Status`: https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html
            found += [(entry["Id"], entry.get("State") or entry["Status"]) for entry in page.get("Accounts", ())]
        return [(number, status) for number, status in found if wanted is None or number in wanted]

    def _below(self, own: Caller, units: Sequence[str]) -> frozenset[str]:
        """The accounts in the units and in the units below them."""
        waiting = list(units)
        found: set[str] = set()
        while waiting:
            parent = waiting.pop()
            found.update(self._children(own, parent, "ACCOUNT"))
            waiting += self._children(own, parent, "ORGANIZATIONAL_UNIT")
        return frozenset(found)

    def _children(self, own: Caller, parent: str, kind: str) -> list[str]:
        found: list[str] = []
        call = "organizations:ListChildren"
        for page in own.pages(call, self._any_region, ParentId=parent, ChildType=kind):
            if isinstance(page, Unavailable):
                raise _refusal(page, f"the unit {parent} cannot be listed", ())
            found += [child["Id"] for child in page.get("Children", ())]
        return found


def _session_of(first: Any, taken: Mapping[str, Any]) -> Any:
    """A session with the credentials of a role; it shares the models of the services, which are slow to read."""
    import botocore.session  # noqa: PLC0415 - heavy
    from boto3 import Session  # noqa: PLC0415 - heavy

    core = botocore.session.Session()
    core.register_component("data_loader", first._session.get_component("data_loader"))  # noqa: SLF001 - no other way
    return Session(
        aws_access_key_id=taken["AccessKeyId"],
        aws_secret_access_key=taken["SecretAccessKey"],
        aws_session_token=taken["SessionToken"],
        botocore_session=core,
    )


def _session(profile: str | None) -> Any:
    """A session with boto3's own chain of credentials. Raises UsageError."""
    from boto3 import Session  # noqa: PLC0415 - heavy
    from botocore.exceptions import BotoCoreError  # noqa: PLC0415 - heavy

    try:
        session = Session(profile_name=profile)
        has_credentials = session.get_credentials() is not None
    except BotoCoreError as error:
        raise UsageError(f"AWS credentials cannot be used: {error}") from None
    if not has_credentials:
        raise UsageError(
            "no AWS credentials were found",
            help=("name a profile with --profile, or set AWS_PROFILE, or sign in with `aws sso login`",),
        )
    return session


def _accounts_in(file: str, role_name: str | None, partition: str) -> list[tuple[str, str]]:
    """The accounts that a file names, one a line: numbers, or ARNs of roles; `#` begins a comment."""
    try:
        lines = Path(file).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot be read: {error}", source=file) from None
    found: list[tuple[str, str]] = []
    for index, line in enumerate(lines, start=1):
        entry = line.split("#", 1)[0].strip()
        if not entry:
            continue
        parts = entry.split(":")
        if entry.startswith("arn:") and len(parts) > 4 and parts[2] == "iam":
            found.append((parts[4], entry))
        elif entry.isdecimal() and len(entry) == _DIGITS and role_name is not None:
            found.append((entry, f"arn:{partition}:iam::{entry}:role/{role_name}"))
        elif entry.isdecimal() and len(entry) == _DIGITS:
            raise UsageError("an account number needs --role-name: the role to take in it", source=file, line=index)
        else:
            raise UsageError(
                f"expected an account number or the ARN of a role, found {entry}", source=file, line=index
            )
    if not found:
        raise UsageError("names no account", source=file)
    return found


def _refusal(found: Unavailable, what: str, help: tuple[str, ...]) -> AccountError | UsageError:
    """The error for a call without which there is no audit."""
    match found.reason:
        case reason if reason == DENIED:
            return AccountError(f"{what}: {found.permission} is denied ({found.code})", help=help)
        case reason if reason == EXPIRED:
            return AccountError(f"{what}: the credentials have expired", help=("sign in again",))
        case reason if reason == REGION_DISABLED:
            return AccountError(f"{what}: the credentials are not valid here ({found.code})", help=help)
        case reason if reason == UNREACHABLE:
            return AccountError(
                f"{what}: AWS cannot be reached ({found.code})",
                help=("check the network, the name of the region and --endpoint-url",),
            )
        case _:
            return AccountError(f"{what}: {found.call} failed ({found.code})", help=help)
