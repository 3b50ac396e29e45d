"""Commands that test, deploy and publish, by their words, joined by blanks.

There is no official list: these are the usual commands of package managers, build tools and the AWS tools, by what
their manuals say they do.
"""

from __future__ import annotations

TESTS = (
    (
        r"(pytest|py\.test|tox|nox|nosetests|unittest|behave|robot|jest|mocha|vitest|karma|ava|rspec|phpunit"
        r"|cypress run"
        r"|playwright test|newman run|ctest|bats|cargo test|cargo nextest|go test|gotestsum|dotnet test|swift test"
        r"|mix test|sbt test|bazel test|make (\S+ )*(test|check)\S*|rake (test|spec)|artillery run|k6 run|pester)\b"
    ),
    r"(npm|pnpm|yarn|bun) (run(-script)? )?(t|tst|test|e2e|unit|coverage)(:\S+)?\b",
    r"npm cit\b",
    r"(\./)?(mvnw?|mvn)\b.*\s(test|verify|integration-test|package|install)\b(?!.*-DskipTests)(?!.*maven\.test\.skip)",
    r"(\./)?(gradlew|gradle)\b.*\s(test|check|build|integrationTest)\b(?!.*-x test)",
    r"(terraform|tofu) test\b",
    r"coverage run\b",
)

DEPLOYS = (
    r"aws cloudformation (deploy|create-stack|update-stack|execute-change-set|create-stack-set|update-stack-set)\b",
    (
        r"aws (ecs (update-service|deploy)|lambda (update-function-code|publish-version|update-alias)"
        r"|deploy create-deployment|elasticbeanstalk update-environment|amplify start-deployment"
        r"|apprunner start-deployment|eks update-kubeconfig\b.*deploy|cloudfront create-invalidation)\b"
    ),
    r"aws s3 (sync|cp|mv)\b(?=.*\ss3://)(?!\s+s3://\S+\s+(?!s3://))",
    r"(cdk|sam|serverless|sls|copilot|chalice|eb|amplify|zappa|pulumi|flyctl) (\S+ )*?(deploy|up|push)\b",
    r"(terraform|terragrunt|tofu) (\S+ )*?(apply|destroy|run-all apply)\b",
    r"kubectl (\S+ )*?(apply|create|replace|patch|rollout (restart|undo)|set image|delete)\b",
    r"helm (\S+ )*?(upgrade|install|rollback)\b",
    r"(ansible-playbook|ecs-cli compose|kustomize build|argocd app sync|skaffold (run|deploy))\b",
    r"(npm|pnpm|yarn) (run )?deploy(:\S+)?\b",
    r"make (\S+ )*deploy\S*",
)

PUBLISHES = (
    r"(docker|podman|buildah|nerdctl|finch|crane|skopeo|oras) (\S+ )*?(push|copy)\b",
    r"docker (\S+ )*?(buildx )?build\b.*\s--push\b",
    r"docker(-compose| compose) push\b",
    r"(npm|pnpm|yarn|bun) (npm )?publish\b",
    r"(twine upload|poetry publish|flit publish|hatch publish|uv publish|cargo publish|gem push|nuget push)\b",
    r"dotnet nuget push\b",
    r"(\./)?(mvnw?|mvn)\b.*\sdeploy\b",
    r"(\./)?(gradlew|gradle)\b.*\spublish\b",
    r"helm push\b",
    r"aws (ecr put-image|codeartifact publish-package-version)\b",
    r"(sam package|sam publish|aws cloudformation package|aws serverlessrepo create-application-version)\b",
    r"goreleaser release\b",
)

TEST_WORDS = frozenset(
    {
        "test",
        "tests",
        "pytest",
        "tox",
        "nox",
        "unittest",
        "behave",
        "jest",
        "mocha",
        "vitest",
        "karma",
        "ava",
        "rspec",
    }
    | {"phpunit", "cypress", "playwright", "newman", "ctest", "bats", "nextest", "gotestsum", "mvn", "mvnw", "gradle"}
    | {"gradlew", "rake", "artillery", "k6", "coverage", "cit", "check", "robot", "make", "npm", "yarn", "pnpm"}
)
"""Words of which one stands in every command that tests."""
