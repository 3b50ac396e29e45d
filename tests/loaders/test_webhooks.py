"""Webhooks of CodePipeline."""

from __future__ import annotations

from pipecheck.analysis.secrets import secret_texts
from pipecheck.model.pipeline import Pipeline
from pipecheck.model.webhook import Webhook
from pipecheck.values import Absent, Known, Unknown, known
from pipecheck.values.items import values
from tests.loaders.templates import loaded

TEMPLATE = """
Resources:
  Pipeline: {Type: AWS::CodePipeline::Pipeline, Properties: {Name: shop, Stages: []}}
  Hook:
    Type: AWS::CodePipeline::Webhook
    Properties: %s
"""


def webhook(properties: str) -> Webhook:
    [found] = values(loaded(TEMPLATE % properties).inventory.all(Webhook))
    return found


def test_all_of_a_webhook() -> None:
    found = webhook(
        """
      Name: hook
      Authentication: GITHUB_HMAC
      AuthenticationConfiguration: {SecretToken: "{{resolve:ssm-secure:/hook:1}}", AllowedIPRange: 192.0.2.0/24}
      Filters: [{JsonPath: $.ref, MatchEquals: "refs/heads/{Branch}"}]
      RegisterWithThirdParty: true
      TargetPipeline: !Ref Pipeline
      TargetAction: Source
      TargetPipelineVersion: 1
"""
    )
    assert (known(found.name), known(found.authentication)) == ("hook", "GITHUB_HMAC")
    assert known(found.allowed_ip_range) == "192.0.2.0/24"
    assert isinstance(found.secret_token, Unknown)
    [only] = values(found.filters)
    assert (known(only.json_path), known(only.match_equals)) == ("$.ref", "refs/heads/{Branch}")
    assert known(found.target_action) == "Source"


def test_a_webhook_without_authentication_has_no_secret() -> None:
    found = webhook("{Authentication: UNAUTHENTICATED}")
    assert isinstance(found.secret_token, Absent)
    assert isinstance(found.name, Absent)


def test_a_configuration_that_is_not_known_may_hold_one() -> None:
    found = webhook("{AuthenticationConfiguration: !Ref Unwritten}")
    assert isinstance(found.secret_token, Unknown)


def test_a_webhook_names_its_pipeline() -> None:
    inventory = loaded(TEMPLATE % "{TargetPipeline: !Ref Pipeline}").inventory
    [found] = values(inventory.all(Webhook))
    assert isinstance(inventory.find(Pipeline, found.target_pipeline), Known)


def test_no_output_may_show_the_secret_of_a_webhook() -> None:
    found = loaded(TEMPLATE % "{AuthenticationConfiguration: {SecretToken: acme-shop-hook}}")
    assert "acme-shop-hook" in secret_texts(found.inventory)
