from __future__ import annotations

import pytest

from pipecheck.model.bucket import Bucket, LifecycleRule
from pipecheck.rules.clause import Clause
from pipecheck.rules.verdict import Verdict
from pipecheck.values import Truth
from tests.checks.clauses import clauses, verdict
from tests.model_builder import (
    Text,
    at,
    bucket,
    hidden,
    inventory,
    lifecycle,
    parameter,
    pieces,
    pipeline,
    subject,
    when,
)

FAIL, PASS, UNKNOWN = Verdict.FAIL, Verdict.PASS, Verdict.UNKNOWN


def checked(kept: Bucket, *names: Text | None, **params: object) -> Clause:
    world = inventory(*(pipeline(name=name) for name in names or ("shop",)), buckets=[kept])
    [clause] = clauses("artifact_bucket_lifecycle", subject("artifact_bucket", kept, world), **params)
    return clause


FULL = lifecycle(expires=90, noncurrent=30, aborts=7)
UPLOADS = lifecycle(aborts=7)


@pytest.mark.parametrize(
    ("kept", "expected", "message", "place"),
    [
        (bucket(FULL, versioning="Enabled"), PASS, "", None),
        (bucket(FULL), PASS, "", None),
        (bucket(lifecycle(expires=90), lifecycle(noncurrent=1), UPLOADS, versioning="Enabled"), PASS, "", None),
        (bucket(lifecycle(expires=90, aborts=7)), PASS, "", None),
        (bucket(lifecycle(expires=90, aborts=7), versioning="Suspended"), PASS, "", None),
        (bucket(lifecycle(expires=14, aborts=1)), PASS, "", None),
        (bucket(lifecycle(expires=365, aborts=1)), PASS, "", None),
        (
            bucket(),
            FAIL,
            "has no lifecycle rules",
            at("Resources", "Artifacts"),
        ),
        (bucket(lifecycle(expires=90)), FAIL, '"artifacts" does not abort incomplete multipart uploads', at("rule")),
        (
            bucket(lifecycle(expires=90), versioning="Enabled"),
            FAIL,
            "does not expire noncurrent versions and does not abort",
            at("rule"),
        ),
        (bucket(lifecycle(expires=13), UPLOADS), FAIL, "takes 13 days to expire artifacts, less than 14", "Days"),
        (bucket(lifecycle(expires=366), UPLOADS), FAIL, "takes 366 days to expire artifacts, more than 365", "Days"),
        (
            bucket(lifecycle(expires=90, noncurrent=91, aborts=7), versioning="Enabled"),
            FAIL,
            "takes 91 days to expire noncurrent versions, more than 90",
            at("rule", "NoncurrentDays"),
        ),
        (bucket(lifecycle("Disabled", expires=90), UPLOADS), FAIL, "the rule is disabled", at("rule", "Status")),
        (
            bucket(lifecycle(prefix="logs/", expires=90), UPLOADS),
            FAIL,
            'prefix "logs/" does not cover pipeline "shop"',
            at("rule", "Prefix"),
        ),
        (bucket(lifecycle(expires=90, narrowed=True), UPLOADS), FAIL, "certain tags or sizes", at("rule")),
        (bucket(lifecycle(date="2031-01-01"), UPLOADS), FAIL, "on a fixed date", at("rule", "ExpirationDate")),
        (bucket(FULL, versioning=parameter("Versioning")), PASS, "", None),
        (bucket(lifecycle(expires=90, aborts=7), versioning=parameter("Versioning")), UNKNOWN, "", None),
        (bucket(unseen=hidden()), UNKNOWN, "", None),
        (bucket(FULL, unseen=hidden()), PASS, "", None),
        (bucket(lifecycle(parameter("Status"), expires=90), UPLOADS), UNKNOWN, "", None),
        (bucket(lifecycle(prefix=parameter("Prefix"), expires=90), UPLOADS), UNKNOWN, "", None),
        (bucket(when(FULL, ("Keep", True))), UNKNOWN, "", None),
        (bucket(when(FULL, ("Keep", True), present=Truth.TRUE)), PASS, "", None),
        (bucket(when(FULL, ("Keep", True), present=Truth.FALSE)), FAIL, "does not expire artifacts", None),
    ],
)
def test_artifacts_go_away_in_time(kept: Bucket, expected: Verdict, message: str, place: object) -> None:
    clause = checked(kept)
    assert verdict([clause]) is expected
    if expected is FAIL:
        assert message in clause.say
    if place == "Days":
        assert clause.primary == at("rule", "ExpirationInDays")
    elif place is not None:
        assert clause.primary == place


LONG = "shop-storefront-release-train"


@pytest.mark.parametrize(
    ("prefix", "name", "expected"),
    [
        ("", "shop", PASS),
        ("", None, PASS),
        ("shop/", "shop", PASS),
        ("sh", "shop", PASS),
        ("shop", "shop", PASS),
        ("shop/Source/", "shop", FAIL),
        ("shopping", "shop", FAIL),
        ("shop-storefront-rele/", LONG, PASS),
        ("shop-storefront-relea", LONG, FAIL),
        (f"{LONG}/", LONG, FAIL),
        ("shop/", None, UNKNOWN),
        ("shop/", parameter("Name"), UNKNOWN),
        ("shop/", pieces("shop-", parameter("Name")), UNKNOWN),
        ("logs/", pieces("shop-", parameter("Name")), FAIL),
    ],
)
def test_a_prefix_must_cover_the_folder_of_the_pipeline(prefix: str, name: Text | None, expected: Verdict) -> None:
    assert verdict([checked(bucket(lifecycle(prefix=prefix, expires=90, aborts=7)), name)]) is expected


def test_every_pipeline_of_the_bucket_is_covered() -> None:
    def only(prefix: str) -> LifecycleRule:
        return lifecycle(prefix=prefix, expires=90, aborts=7)

    assert verdict([checked(bucket(only("one/")), "one", "two")]) is FAIL
    assert '"two"' in checked(bucket(only("one/")), "one", "two").say
    assert verdict([checked(bucket(only("one/"), only("two/")), "one", "two")]) is PASS


def test_bounds_are_parameters() -> None:
    kept = bucket(lifecycle(expires=400, noncurrent=100, aborts=7), versioning="Enabled")
    assert verdict([checked(kept)]) is FAIL
    assert verdict([checked(kept, max_days=400, noncurrent_max_days=100)]) is PASS
    assert verdict([checked(kept, max_days=400, noncurrent_max_days=100, min_days=401)]) is FAIL


@pytest.mark.parametrize(
    ("rule", "message", "key"),
    [
        (
            lifecycle(expires=90, noncurrent=30, kept=3, aborts=7),
            "never expires the newest 3",
            "NewerNoncurrentVersions",
        ),
        (
            lifecycle(expires=0, noncurrent=30, aborts=7),
            "takes 0 days to expire artifacts, less than 14",
            "ExpirationInDays",
        ),
        (lifecycle(expires=90, noncurrent=0, aborts=7), "takes 0 days to expire noncurrent", "NoncurrentDays"),
        (lifecycle(expires=90, noncurrent=30, aborts=0), "takes 0 days to abort", "DaysAfterInitiation"),
    ],
)
def test_versions_that_stay_and_days_that_s3_refuses_are_faults(rule: LifecycleRule, message: str, key: str) -> None:
    clause = checked(bucket(rule, versioning="Enabled"))
    assert verdict([clause]) is FAIL
    assert message in clause.say
    assert clause.primary.route[-1] == key


def test_old_versions_that_are_kept_do_not_matter_where_there_are_none() -> None:
    assert verdict([checked(bucket(lifecycle(expires=90, noncurrent=30, kept=3, aborts=7)))]) is PASS
    assert (
        verdict([checked(bucket(lifecycle(expires=90, noncurrent=30, kept=0, aborts=7), versioning="Enabled"))])
        is PASS
    )
