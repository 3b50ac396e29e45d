from __future__ import annotations

import pytest

from pipecheck.analysis.names import Kind, Sign, holds_words, sign
from pipecheck.values import Known, Reason, Unknown
from tests.model_builder import HERE, NOWHERE, one_of, parameter, pieces


@pytest.mark.parametrize(
    "name",
    [
        *("prod", "production", "PRD", "live", "Prod", "PROD"),
        *("release-prod", "prod-release", "web_prod", "web.prod", "eu/prod/web", "web prod"),
        *("WebProd", "webProd", "ProdWeb", "PRODWeb", "DeployToProduction", "prod1", "web-prod2"),
        "arn:aws:iam::111122223333:role/prod/deploy",
        "arn:aws:lambda:eu-west-1:111122223333:function:shop:live",
    ],
)
@pytest.mark.parametrize("kind", Kind)
def test_whole_words_of_production(name: str, kind: Kind) -> None:
    assert sign(Known(name, HERE), kind) is Sign.PRODUCTION


@pytest.mark.parametrize(
    "name",
    [
        *("nonprod", "non-prod", "NonProd", "notprod", "not-prod", "preprod", "pre-prod", "PreProd"),
        *("pre-production", "PreProduction", "pre_live", "preproduction"),
        *("dev", "web-dev", "WebDev", "development", "qa", "uat", "staging", "web-stg", "sandbox", "beta", "dev2"),
    ],
)
@pytest.mark.parametrize("kind", Kind)
def test_whole_words_of_other_environments(name: str, kind: Kind) -> None:
    assert sign(Known(name, HERE), kind) is Sign.ELSEWHERE


@pytest.mark.parametrize(
    "name",
    [
        *("deliver", "product", "products-api", "reproduce", "productive", "alive", "delivery", "olive", "approved"),
        *("developer", "device", "devops", "DevOpsTools", "DevSecOps-pipeline", "dev-portal"),
        *("live-chat", "LiveStream", "qatar", "shop", "", "42", "stages"),
    ],
)
@pytest.mark.parametrize("kind", Kind)
def test_parts_of_words_say_nothing(name: str, kind: Kind) -> None:
    assert sign(Known(name, HERE), kind) is Sign.SILENT


@pytest.mark.parametrize("name", ["prod-dev", "staging-to-prod", "DevAndProd"])
def test_both_at_once(name: str) -> None:
    assert sign(Known(name, HERE), Kind.TARGET) is Sign.MIXED


@pytest.mark.parametrize(
    ("name", "of_target", "of_step"),
    [
        ("web-stage", Sign.ELSEWHERE, Sign.SILENT),
        ("stage", Sign.ELSEWHERE, Sign.SILENT),
        ("DeployStage", Sign.SILENT, Sign.SILENT),
        ("deploy-stage", Sign.SILENT, Sign.SILENT),
        ("two-stage-boiler", Sign.SILENT, Sign.SILENT),
        ("web-test", Sign.ELSEWHERE, Sign.ELSEWHERE),
        ("load-test-runner", Sign.SILENT, Sign.ELSEWHERE),
        ("DeployTest", Sign.SILENT, Sign.ELSEWHERE),
        ("DeployAndTest", Sign.SILENT, Sign.SILENT),
        ("BuildTestDeploy", Sign.SILENT, Sign.SILENT),
        ("TestProd", Sign.PRODUCTION, Sign.PRODUCTION),
    ],
)
def test_words_that_also_say_what_is_done(name: str, of_target: Sign, of_step: Sign) -> None:
    assert (sign(Known(name, HERE), Kind.TARGET), sign(Known(name, HERE), Kind.STEP)) == (of_target, of_step)


STACK = Unknown(
    Reason.PSEUDO_PARAMETER, "AWS::StackName is known only at deployment", HERE, spelling="AWS::StackName"
)
REGION = Unknown(Reason.PSEUDO_PARAMETER, "AWS::Region is known only at deployment", HERE, spelling="AWS::Region")
GENERATED = Unknown(Reason.GENERATED_NAME, "the name is made at deployment", HERE, spelling="ProdCluster")
PLAIN = Unknown(Reason.GENERATED_NAME, "the name is made at deployment", HERE, spelling="Cluster")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (pieces(STACK, "-prod"), Sign.PRODUCTION),
        (pieces("prod-", STACK), Sign.PRODUCTION),
        (pieces(STACK, "Prod"), Sign.PRODUCTION),
        (pieces(STACK, "-dev"), Sign.ELSEWHERE),
        (pieces(STACK, "-web"), Sign.HIDDEN),
        (pieces(STACK, "prod"), Sign.HIDDEN),
        (pieces("prod", STACK), Sign.HIDDEN),
        (pieces("Prod", STACK), Sign.HIDDEN),
        (pieces("web-", REGION), Sign.SILENT),
        (pieces("test-", parameter("Environment")), Sign.HIDDEN),
        (STACK, Sign.HIDDEN),
        (parameter("Name"), Sign.HIDDEN),
        (parameter("ProdStackName"), Sign.PRODUCTION),
        (parameter("DevStackName"), Sign.SILENT),
        (GENERATED, Sign.PRODUCTION),
        (PLAIN, Sign.SILENT),
        (one_of("web-prod", "shop-live"), Sign.PRODUCTION),
        (one_of("web-prod", "web-dev"), Sign.HIDDEN),
        (one_of("web-dev", "web-qa"), Sign.ELSEWHERE),
        (NOWHERE, Sign.SILENT),
    ],
)
def test_names_that_are_known_in_part(value: Unknown, said: Sign) -> None:
    assert sign(value, Kind.TARGET) is said


@pytest.mark.parametrize(
    ("name", "wanted", "held"),
    [
        ("shop-blue", "blue", True),
        ("ShopBlue", "blue", True),
        ("shop-bluebell", "blue", False),
        ("customer-facing-web", "customer_facing", True),
        ("facing-customer", "customer-facing", False),
        ("anything", "", False),
    ],
)
def test_words_one_after_the_other(name: str, wanted: str, held: bool) -> None:
    assert holds_words(Known(name, HERE), wanted) is held
