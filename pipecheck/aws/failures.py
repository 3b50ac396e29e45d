"""Why a call got no answer, and what that means for the audit."""

from __future__ import annotations

from typing import Any

from pipecheck.model.snapshot import DENIED, MISSING, REGION_DISABLED
from pipecheck.values.record import record

EXPIRED = "expired"
THROTTLED = "throttled"
UNREACHABLE = "unreachable"
FAILED = "failed"
ENDLESS = "endless"
STOPPED = "interrupted"

FINAL = frozenset({MISSING, REGION_DISABLED})
"""Reasons for which asking again is of no use."""

INCOMPLETE = frozenset({EXPIRED, THROTTLED, UNREACHABLE, FAILED, ENDLESS, STOPPED})
"""Reasons for which a snapshot is not what it could be."""

THROTTLES = frozenset(
    {
        "BandwidthLimitExceeded", "EC2ThrottledException", "LimitExceededException", "PriorRequestNotComplete",
        "ProvisionedThroughputExceededException", "RequestLimitExceeded", "RequestThrottled",
        "RequestThrottledException", "SlowDown", "Throttling", "ThrottlingException", "TooManyRequestsException",
    }
)  # fmt: skip
"""The codes that botocore retries as throttles: https://docs.aws.amazon.com/boto3/latest/guide/retries.html."""

_DENIALS = frozenset(
    {
        "AccessDenied", "AccessDeniedException", "AccessDeniedFault", "AuthorizationError",
        "AuthorizationErrorException", "UnauthorizedOperation", "Unauthorized", "403",
    }
)  # fmt: skip
_EXPIRIES = frozenset({"ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"})
_DISABLED = frozenset(
    {"InvalidClientTokenId", "OptInRequired", "SubscriptionRequiredException", "UnrecognizedClientException"}
)
"""What a region answers that the account has not enabled.

https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
"""
_MISSING_ENDINGS = ("NotFound", "NotFoundException", "DoesNotExistException", "NoSuchEntity", "NoSuchBucket")


class StoppedError(Exception):
    """A call was not made because the audit was stopped."""


@record
class Unavailable:
    """A call without an answer: `reason` is one of the words above, `code` what AWS or the connection said."""

    call: str
    permission: str
    reason: str
    code: str


def reason_of(error: Exception) -> tuple[str, str]:
    """The reason and the code of an exception that botocore raised."""
    from botocore import exceptions  # noqa: PLC0415 - heavy

    if isinstance(error, StoppedError):
        return STOPPED, "stopped"
    if isinstance(error, exceptions.ClientError):
        response: Any = error.response
        code = str(response.get("Error", {}).get("Code", "Unknown"))
        return _reason_of_code(code), code
    if isinstance(error, exceptions.TokenRetrievalError | exceptions.UnauthorizedSSOTokenError):
        return EXPIRED, type(error).__name__
    if isinstance(error, exceptions.HTTPClientError | exceptions.ConnectionError):
        return UNREACHABLE, type(error).__name__
    if isinstance(error, exceptions.PaginationError):
        return ENDLESS, type(error).__name__
    return FAILED, type(error).__name__


def _reason_of_code(code: str) -> str:
    for codes, reason in (
        (_DENIALS, DENIED),
        (_EXPIRIES, EXPIRED),
        (_DISABLED, REGION_DISABLED),
        (THROTTLES, THROTTLED),
    ):
        if code in codes:
            return reason
    return MISSING if code.endswith(_MISSING_ENDINGS) or code == "404" else FAILED
