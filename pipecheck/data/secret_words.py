"""Words in the names of variables that hold secrets, and the shapes of well-known secrets.

There is no standard for the names; these are the words of everyday use. That such variables must not be PLAINTEXT:
https://docs.aws.amazon.com/codebuild/latest/APIReference/API_EnvironmentVariable.html.
"""

from __future__ import annotations

SECRET_WORDS = frozenset(
    {
        *("accesskey", "apikey", "privatekey", "secretkey"),
        *("credential", "credentials"),
        *("passphrase", "passwd", "password", "passwords"),
        *("secret", "secrets"),
        *("token", "tokens"),
    }
)

KEY_WORDS = frozenset({"access", "api", "auth", "encryption", "private", "secret", "signing"})
"""Words that make a following `key` a secret: API_KEY, PRIVATE_KEY."""

SECRET_ENDINGS = tuple(sorted(SECRET_WORDS))
"""How words end that run together: PGPASSWORD (https://www.postgresql.org/docs/current/libpq-envars.html)."""

LAST_WORDS = frozenset({"pass", "pwd"})
"""Words that mean a password at the end of a longer name: DB_PWD. `PWD` alone is the working directory."""

WORKING_DIRECTORIES = frozenset({"pwd", "oldpwd"})
"""What a shell sets itself; another word that ends in `pwd`, such as DBPWD, is a password.

https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html
"""

HARMLESS_ENDINGS = frozenset({"arn", "file", "id", "name", "path", "url"})
"""Last words of the names of variables that only say where a secret is."""

TOKEN_SHAPES = (
    r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b",
    r"\bgh[opsur]_[A-Za-z0-9]{36,255}\b",
    r"\bgithub_pat_[A-Za-z0-9_]{22,255}\b",
    r"\bglpat-[A-Za-z0-9_-]{20,}",
    r"\bxox[abeprs]-[A-Za-z0-9-]{10,}",
    r"\b[rs]k_live_[A-Za-z0-9]{20,}",
    r"\bnpm_[A-Za-z0-9]{36}\b",
    r"\bpypi-[A-Za-z0-9_-]{50,}",
    r"\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{32,}",
    r"\bAIza[A-Za-z0-9_-]{35}",
    r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----",
)
"""AWS access key ids: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes.
GitHub tokens: https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github.
GitLab: https://docs.gitlab.com/security/tokens/. Slack: https://docs.slack.dev/authentication/tokens.
Stripe: https://docs.stripe.com/keys. npm: https://docs.npmjs.com/about-access-tokens.
PyPI: https://pypi.org/help/#apitoken. Google: https://cloud.google.com/docs/authentication/api-keys.
Private keys: https://www.rfc-editor.org/rfc/rfc7468.
"""

AWS_CREDENTIALS = frozenset({"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"})
"""Variables from which the AWS CLI and SDKs take credentials; the CLI's settings have the same names in lower case.

https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html
"""

DOCUMENTED_ENDING = "EXAMPLE"
"""How the keys in AWS's documentation end, such as the one in
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes.
"""

DUMMIES = frozenset(
    {"changeme", "dummy", "fake", "foo", "foobar", "local", "localstack", "mock", "none", "null", "placeholder"}
    | {"test", "testing", "xxx", "your"}
)
"""Words that people write where a program demands a credential and none is needed."""
