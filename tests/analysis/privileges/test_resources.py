from __future__ import annotations

import pytest

from pipecheck.analysis.privileges.pass_role import Roles, roles_in
from pipecheck.analysis.privileges.resources import Reach, reach, resource_is, service_of
from pipecheck.values import Known, Reason, Reference, Step, Truth, Unknown
from tests.model_builder import HERE, NOWHERE, Text, parameter, pieces

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
RETURNED = Unknown(
    Reason.RESOURCE_ATTRIBUTE, "?", HERE, via=(Step("reference", "Table", HERE, Reference("t.yaml", "Table", "Arn")),)
)


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        ("*", Reach.ALL),
        (" ** ", Reach.ALL),
        ("arn:aws:s3:::*", Reach.ALL),
        ("arn:aws:s3:::*/*", Reach.ALL),
        ("arn:aws:logs:*:*:*", Reach.ALL),
        ("arn:aws:ecr:eu-west-1:111122223333:*", Reach.ALL),
        ("arn:aws:s3*", Reach.ALL),
        ("arn:aws:iam::111122223333:role/*", Reach.KIND),
        ("arn:aws:lambda:eu-west-1:111122223333:function:*", Reach.KIND),
        ("arn:aws:s3:::bucket/*", Reach.KIND),
        ("arn:aws:s3:::bucket*", Reach.PATTERN),
        ("arn:aws:iam::*:role/app-*", Reach.PATTERN),
        ("arn:aws:iam::*:role/app", Reach.ONE),
        ("arn:aws:s3:::bucket", Reach.ONE),
        ("bucket", Reach.ONE),
    ],
)
def test_how_far_a_resource_reaches(resource: str, expected: Reach) -> None:
    assert reach(resource) is expected


@pytest.mark.parametrize(
    ("resource", "expected"),
    [("*", "*"), ("arn:aws:S3:::b", "s3"), ("arn:aws:*:::b", "*"), ("arn:aws", "*"), ("bucket", "*")],
)
def test_the_service_of_a_resource(resource: str, expected: str) -> None:
    assert service_of(resource) == expected


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        (Known("*", HERE), T),
        (Known("arn:aws:s3:::b", HERE), F),
        (pieces("arn:", parameter("Partition"), ":s3:::*"), T),
        (pieces("arn:aws:s3:::", parameter("Bucket")), F),
        (pieces(parameter("Prefix"), "*"), U),
        (parameter("Resource"), U),
        (parameter("ConnectionArn"), F),
        (parameter("TABLE_ARN"), F),
        (parameter("ArnOfTable"), U),
        (RETURNED, F),
        (NOWHERE, F),
        (Unknown(Reason.CONDITION_UNDECIDED, "?", HERE, (Known("*", HERE), Known("arn:aws:s3:::b", HERE))), U),
        (Unknown(Reason.CONDITION_UNDECIDED, "?", HERE, (Known("*", HERE), Known("arn:aws:s3:::*", HERE))), T),
    ],
)
def test_resources_of_which_parts_are_unknown(resource: Text, expected: Truth) -> None:
    assert not isinstance(resource, str)
    assert resource_is(resource, lambda arn: reach(arn) is Reach.ALL).truth is expected


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        ("*", Roles.ALL),
        ("arn:aws:iam::111122223333:*", Roles.ALL),
        ("arn:aws:iam::111122223333:role/*", Roles.ALL),
        ("arn:aws:iam::*:role*", Roles.ALL),
        ("arn:aws:iam::111122223333:role/app-*", Roles.SOME),
        ("arn:aws:iam::111122223333:role/service-role/*", Roles.SOME),
        ("arn:aws:iam::111122223333:*app", Roles.SOME),
        ("arn:aws:iam::*:role/app", Roles.ONE),
        ("arn:aws:iam::111122223333:user/*", Roles.NONE),
        ("arn:aws:s3:::*", Roles.NONE),
    ],
)
def test_the_roles_a_resource_names(resource: str, expected: Roles) -> None:
    assert roles_in(resource) is expected
