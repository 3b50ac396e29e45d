"""Takes secrets out of AWS's answers before they are written.

What is taken out leaves a text that names its kind, so that a rule which looks for secrets in clear still finds one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from pipecheck.analysis.aws_literals import written_credentials
from pipecheck.analysis.secrets import is_secret_like
from pipecheck.data.secret_words import AWS_CREDENTIALS
from pipecheck.model.snapshot import WITHHELD, withheld

_MEMBERS: Mapping[str, str] = {
    "OAuthToken": "oauth-token",
    "ClientSecret": "oauth-token",
    "RefreshToken": "oauth-token",
    "SecretToken": "webhook-secret",
}
"""Members that are secret whatever they hold.

https://docs.aws.amazon.com/codepipeline/latest/userguide/structure-configuration-examples.html
https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_WebhookAuthConfiguration.html
"""

_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "private-key",
        re.compile(r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----.*?(?:-----END [A-Z0-9 ]*-----|\Z)", re.DOTALL),
    ),
    ("aws-access-key-id", re.compile(r"(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])")),
    ("github-token", re.compile(r"\bgh[opsur]_[A-Za-z0-9]{36,255}\b")),
    ("github-token", re.compile(r"\bgithub_pat_[A-Za-z0-9_]{22,255}\b")),
    ("gitlab-token", re.compile(r"\bgl(?:pat|dt|rt|ptt|cbt|soat)-[A-Za-z0-9_-]{20,}")),
    ("slack-token", re.compile(r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}|\bxapp-[A-Za-z0-9-]{10,}")),
    ("slack-webhook", re.compile(r"(?<=hooks\.slack\.com/services/)[A-Za-z0-9/_-]+")),
    ("stripe-key", re.compile(r"\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}")),
    ("google-key", re.compile(r"\bAIza[A-Za-z0-9_-]{35}")),
    ("npm-token", re.compile(r"\bnpm_[A-Za-z0-9]{36}\b")),
    ("pypi-token", re.compile(r"\bpypi-[A-Za-z0-9_-]{50,}")),
    ("sendgrid-key", re.compile(r"\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}")),
    ("twilio-key", re.compile(r"\bSK[0-9a-f]{32}\b")),
    ("docker-token", re.compile(r"\bdckr_pat_[A-Za-z0-9_-]{20,}")),
    ("hashicorp-token", re.compile(r"\bhv[sbr]\.[A-Za-z0-9_-]{20,}")),
    ("digitalocean-token", re.compile(r"\bdo[opr]_v1_[0-9a-f]{64}\b")),
    ("openai-key", re.compile(r"\bsk-[A-Za-z0-9_-]{20,}")),
    ("jwt", re.compile(r"\beyJ[A-Za-z0-9_-]{5,}\.eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]*")),
    ("url-password", re.compile(r"(?<=://)[^\s/@:'\"]*:[^\s/@'\"]+(?=@)")),
    ("url-token", re.compile(r"(?<=://)[A-Za-z0-9_-]{20,}(?=@)")),
    ("authorization", re.compile(r"(?i)(?<=authorization: bearer )[^\s'\"$]+|(?<=authorization: basic )[^\s'\"$]+")),
    ("signature", re.compile(r"(?i)(?<=[?&]X-Amz-Signature=)[0-9a-f]+|(?<=[?&]X-Amz-Security-Token=)[^&\s]+")),
)
"""Well-known secrets by their shape, in any text; the shapes are those their issuers document."""

_ASSIGNED = re.compile(
    r"""(?P<name>[A-Za-z_][A-Za-z0-9_.-]*)(?P<sign>["']?[ \t]?=[ \t]?|["']?[ \t]?:[ \t]+|["'][ \t]?:)"""
    r"""(?P<value>"(?:[^"\\\n]|\\.)+"|'[^'\n]+'|[^\s"';&|,)}\]<>]+)"""
)
"""A name with a value: `NAME=value`, `name: value`, `"name": "value"`."""

_REFERENCES = re.compile(
    r"^(?P<indent>[ \t]*)(?:secrets-manager|parameter-store):[^\n]*\n"
    r"(?:(?:(?P=indent)[ \t]+[^\n]*|[ \t]*)(?:\n|\Z))*",
    re.MULTILINE,
)
"""The parts of a build specification that only say where secrets are kept.

https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec.env.secrets-manager
"""

_OPTION = re.compile(
    r"""(?<!\S)--?(?P<name>[A-Za-z][A-Za-z0-9_-]*)(?P<sign>[ \t]+)"""
    r"""(?P<value>"(?:[^"\\\n]|\\.)+"|'[^'\n]+'|[^\s"';&|-][^\s"';&|]*)"""
)
"""An option with its value: `--name value`."""

_FROM_ELSEWHERE = re.compile(r"""["']?(?:\$|`|\{\{|#\{|<|%|\*+["']?$|NOT_RETURNED:|arn:|/[A-Za-z0-9_])""")
"""How a value begins that is read from somewhere; paths too, such as those of Parameter Store."""

_HARMLESS = re.compile(r"""["']?(?:true|false|yes|no|none|null|\d{1,6})?["']?""", re.IGNORECASE)
_SHORTEST = 4
_KEPT_ELSEWHERE = frozenset({"PARAMETER_STORE", "SECRETS_MANAGER"})


def redacted(answer: object) -> object:
    """The answer without secrets; members that hold none are the same."""
    return _walk(answer, None)


def _walk(value: object, name: str | None) -> object:
    """The value without secrets; `name` is what it is called by, where that can tell a secret."""
    match value:
        case dict():
            return _mapping(value)
        case list():
            return [_walk(element, name) for element in value]
        case str():
            return _text(value, name)
        case _:
            return value


def _mapping(mapping: dict[str, object]) -> dict[str, object]:
    if "Statement" in mapping:
        return {key: _policy_part(value) for key, value in mapping.items()}
    named = mapping.get("name", mapping.get("Name", mapping.get("key", mapping.get("Key"))))
    kept = mapping.get("type", mapping.get("Type"))
    found: dict[str, object] = {}
    for key, value in mapping.items():
        called = key
        if key in {"value", "Value", "defaultValue"} and isinstance(named, str):
            called = "" if kept in _KEPT_ELSEWHERE else named
        found[key] = _walk(value, called)
    return found


def _policy_part(value: object) -> object:
    """A part of a policy document, in which no name tells a secret: what rules read of it stays as it is."""
    match value:
        case dict():
            return {key: _policy_part(inner) for key, inner in value.items()}
        case list():
            return [_policy_part(element) for element in value]
        case str():
            return _without_shapes(value)
        case _:
            return value


def _text(text: str, name: str | None) -> str:
    if name is not None and name in _MEMBERS:
        return text if not text or not text.strip("*") else withheld(_MEMBERS[name])
    if name is not None and (is_secret_like(name) or name in AWS_CREDENTIALS) and _may_be_secret(text):
        return withheld(_kind_of_name(name))
    document = _json_of(text)
    if document is not None:
        clean = _walk(document, None)
        return text if clean == document else json.dumps(clean)
    return clean_text(text)


def clean_text(text: str) -> str:
    """A text, such as a command or a build specification, without the secrets in it."""
    for credential in list(written_credentials(text)):
        if not credential.value.startswith(WITHHELD):
            text = text.replace(credential.value, withheld("aws-credential"))
    text = _without_shapes(text)
    for pattern in (_ASSIGNED, _OPTION):
        text = _without_values(pattern, text)
    return text


def _without_shapes(text: str) -> str:
    for kind, shape in _SHAPES:
        text = shape.sub(_mark(kind), text)
    return text


def _mark(kind: str) -> Callable[[re.Match[str]], str]:
    return lambda found: found.group() if WITHHELD in found.group() or "$" in found.group() else withheld(kind)


def _without_values(pattern: re.Pattern[str], text: str) -> str:
    """The text without the values that stand with the names of secrets."""
    references = [found.span() for found in _REFERENCES.finditer(text)]
    done: list[str] = []
    position = 0
    while (found := pattern.search(text, position)) is not None:
        name, value = found["name"].lstrip("-"), found["value"]
        kept_elsewhere = any(start <= found.start() < end for start, end in references)
        if is_secret_like(name) and not kept_elsewhere and _may_be_secret(value):
            quote = value[0] if value[0] in "\"'" else ""
            done += [text[position : found.start("value")], quote, withheld(_kind_of_name(name)), quote]
            position = found.end("value")
        else:
            done.append(text[position : found.end("name")])
            position = found.end("name")
    return "".join([*done, text[position:]])


def _may_be_secret(text: str) -> bool:
    if _FROM_ELSEWHERE.match(text) is not None or _HARMLESS.fullmatch(text) is not None:
        return False
    return len(text.strip("\"'")) >= _SHORTEST


def _kind_of_name(name: str) -> str:
    return "aws-credential" if name.upper() in AWS_CREDENTIALS else "secret"


def _json_of(text: str) -> object:
    """The mapping or list that a text holds as JSON; None for any other text."""
    if text.lstrip()[:1] not in {"{", "["}:
        return None
    try:
        document: object = json.loads(text)
    except ValueError:
        return None
    return document if isinstance(document, dict | list) else None
