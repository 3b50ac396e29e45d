"""Our rules for cfn-lint: `cfn-lint --append-rules pipecheck.cfn_lint.rules template.yaml`.

cfn-lint makes an instance of every class that it finds here. There is one for each rule that a scan runs by default,
made when cfn-lint asks for it. The template is scanned once, as `pipecheck scan FILE` does it, with the configuration
that lies above it; each rule then gives its own findings, on the same lines.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from cfnlint.rules import CloudFormationLintRule, RuleMatch

from pipecheck.app.configuration import configuration_of
from pipecheck.app.scan import ScanRequest, scan
from pipecheck.errors import PipecheckError
from pipecheck.findings.finding import Finding, Report
from pipecheck.report.redaction import Redaction
from pipecheck.rules.catalog import load_bundled
from pipecheck.rules.rule import Rule
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict

__all__ = ["PipecheckRule"]

_SEVERITIES = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "informational",
    Severity.INFO: "informational",
}
_LONGEST_MESSAGE = 1_000


class PipecheckRule(CloudFormationLintRule):  # type: ignore[misc]
    """One of our rules as one of cfn-lint's. It has no id, so that cfn-lint does not take it for a rule itself."""

    severity = "error"

    def is_enabled(
        self,
        include_experimental: bool = False,  # noqa: ARG002 - cfn-lint's signature
        ignore_rules: list[str] | None = None,
        include_rules: list[str] | None = None,  # noqa: ARG002
        mandatory_rules: list[str] | None = None,
    ) -> bool:
        """Whether the rule runs: unless it is ignored by a beginning of its id.

        cfn-lint's own answer would leave out all ids that do not begin with E or W.
        """
        mandatory = any(self.id.startswith(beginning) for beginning in mandatory_rules or ())
        ignored = any(beginning and self.id.startswith(beginning) for beginning in ignore_rules or ())
        return mandatory or not ignored

    def match(self, cfn: Any) -> list[Any]:
        """The findings of the rule in one template; none where cfn-lint read it from elsewhere than a file."""
        file = Path(cfn.filename or "")
        if not file.is_file():
            return []
        report = _report(str(file.absolute()), file.stat().st_mtime_ns)
        redaction = Redaction(report.secrets)
        return [_match(finding, redaction) for finding in report.findings if finding.rule == self.id]


def __dir__() -> list[str]:
    """The names of the classes that cfn-lint makes its rules of."""
    return [*__all__, *_classes()]


def __getattr__(name: str) -> type[PipecheckRule]:
    """The class of one rule."""
    try:
        return _classes()[name]
    except KeyError:
        raise AttributeError(f"there is no rule class {name}") from None


@cache
def _classes() -> dict[str, type[PipecheckRule]]:
    rules = (rule for rule in load_bundled().rules.values() if rule.default)
    return {_name(rule): _class(rule) for rule in rules}


def _name(rule: Rule) -> str:
    return "".join(word.capitalize() for word in rule.id.split("-"))


def _class(rule: Rule) -> type[PipecheckRule]:
    members = {
        "__doc__": rule.title,
        "__module__": __name__,
        "id": rule.id,
        "shortdesc": rule.title,
        "description": " ".join(rule.rationale.split()),
        "source_url": next(iter(rule.references), ""),
        "tags": [rule.group, *rule.tags],
        "severity": _SEVERITIES[rule.severity],
    }
    return type(_name(rule), (PipecheckRule,), members)


@cache
def _report(file: str, changed: int) -> Report:  # noqa: ARG001 - a file that has changed is scanned again
    """What a scan says of the template alone."""
    folder = Path(file).parent
    request = ScanRequest(paths=(file,), cwd=folder, unknowns=False)
    return scan(request, _configuration(file, folder)).report


def _configuration(file: str, folder: Path) -> Any:
    try:
        return configuration_of(file, folder)
    except PipecheckError as error:
        # cfn-lint shows it as its own error E0002, with this text.
        raise RuntimeError(f"pipecheck: {error.location or 'configuration'}: {error.message}") from None


def _match(finding: Finding, redaction: Redaction) -> Any:
    span = finding.location.span
    place = (span.line - 1, span.column - 1, span.end_line - 1, span.end_column - 1)
    message = redaction.line(finding.message, _LONGEST_MESSAGE)
    if finding.verdict is Verdict.ERROR:
        message = f"the rule crashed: {message}"
    return RuleMatch([finding.rule], message, location=place)
