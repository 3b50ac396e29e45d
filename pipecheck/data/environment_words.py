"""Words that tell one environment from another in the names of stacks, services, stages …

There is no standard; these are AWS's own types of environments (sandbox, development, test and production, see
https://docs.aws.amazon.com/whitepapers/latest/organizing-your-aws-environment/descriptions-of-example-workload-hosting-environment-types.html,
alpha, beta and gamma, see https://aws.amazon.com/builders-library/automating-safe-hands-off-deployments/), their
usual abbreviations, and the words of everyday use. A word that also names what software does or is made of (`demo`,
`integration`, `ci`) is not among them: a deployment that is wrongly held to be no production would be passed.
"""

from __future__ import annotations

PRODUCTION = frozenset({"prod", "production", "prd", "live"})

NEGATIONS = frozenset({"non", "not", "pre"})
"""Turn a following word of production into its opposite: non-prod, pre-production."""

ELSEWHERE = frozenset(
    {
        *("alpha", "beta", "gamma"),
        *("dev", "devel", "develop", "development"),
        *("nonprod", "nonprd", "nonproduction", "notprod", "preprod", "preprd", "preproduction"),
        *("qa", "uat"),
        *("sandbox", "sbx"),
        *("staging", "stg"),
    }
)
"""Words of environments that are not production, wherever they stand."""

COMPOUNDS = {
    "dev": frozenset({"ex", "kit", "ops", "portal", "rel", "sec", "tool", "tools"}),
    "live": frozenset({"chat", "reload", "stream", "streaming", "video", "view"}),
}
"""Words that, following one, make it part of a name for something else: DevOps, live-chat."""

ELSEWHERE_AT_AN_END = frozenset({"stage", "test", "testing", "tst"})
"""Words that say so of a target where they stand apart, first or last: `web-stage`. Elsewhere they may say what a
target is or does (`load-test-runner`, `DeployStage`), and so they may in the name of a stage or action.
"""

STEPS = frozenset({"build", "deploy", "deployment", "pipeline", "release", "source"})
"""Words after which `stage` is a stage of a pipeline."""

ACTIVITIES = frozenset({"test", "tests", "testing", "tst"})
"""In the name of a stage or action: an environment, unless another word says that something is done besides."""

BESIDES = frozenset({"after", "and", "build", "post", "release", "then", "with"})

ENVIRONMENT_KEYS = frozenset({"env", "environment", "stage", "tier"})
"""Words in the name of a parameter or variable whose value is an environment."""

BUILD_MODES = frozenset({"babel_env", "flask_env", "mix_env", "node_env", "rack_env", "rails_env"})
"""Variables that are `production` wherever the software is built or run in earnest, on staging too."""

DEPLOYING = frozenset({"deploy", "deployment", "deploys", "promote", "promotion", "rollout"})
"""Words that say of a stage or action that it deploys."""
