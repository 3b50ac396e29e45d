"""What a run of the action shows: annotations, the summary of the job, a comment, and whether SARIF can go up."""

from __future__ import annotations

import click

from pipecheck.findings.finding import Finding, Report
from pipecheck.github.check_run import CheckRun
from pipecheck.github.check_run import publish as publish_check
from pipecheck.github.client import ApiError, Client
from pipecheck.github.comment import COMMENT_BYTES
from pipecheck.github.comment import publish as publish_comment
from pipecheck.github.inputs import AUTO, Inputs
from pipecheck.github.step import summary_room, write_summary
from pipecheck.github.surroundings import Surroundings
from pipecheck.report.formats import renderer
from pipecheck.report.github import Annotation, annotated, notice, workflow_commands
from pipecheck.report.options import RenderOptions
from pipecheck.report.sources import Sources
from pipecheck.report.summary_line import count
from pipecheck.rules.verdict import Verdict
from pipecheck.values.record import record, replace

_CHECK_BYTES = 60_000
_REST = "see the summary of the job"
_WHOLE_BRANCH = ("push", "schedule", "workflow_dispatch")
"""Events whose findings are those of a branch; code scanning keeps them."""


@record
class Publisher:
    """Shows one report."""

    run: Surroundings
    inputs: Inputs
    rendering: RenderOptions
    report: Report
    sources: Sources
    exit_code: int

    def publish(self, summary_file: str | None) -> None:
        """Shows all that the inputs ask for; what GitHub refuses is replaced, or said in a notice."""
        self._annotate()
        room = summary_room(summary_file)
        if self.inputs.summary and summary_file and room:
            write_summary(summary_file, self._page(room))
        if self.inputs.comment and self.run.pull_request is not None:
            self._comment(self.run.pull_request.number)

    def may_upload(self) -> bool:
        """Whether the SARIF should go to code scanning: as the input says, else where it makes sense and may."""
        if self.inputs.upload_sarif != AUTO:
            return self.inputs.upload_sarif == "true"
        if self.run.event not in _WHOLE_BRANCH or not self.inputs.token:
            return False
        try:
            self._client.get("code-scanning/analyses?per_page=1")
        except ApiError as error:
            # 404 says that there is no analysis yet; without code scanning, or without the permission, it is 403.
            return error.status == 404
        return True

    @property
    def _client(self) -> Client:
        return Client(self.run.api_url, self.run.repository, self.inputs.token)

    @property
    def _is_fork(self) -> bool:
        return self.run.pull_request is not None and self.run.pull_request.is_fork

    def _annotate(self) -> None:
        if self.inputs.annotations == "none":
            return
        found = list(annotated(self.report, self.rendering))
        placed = [one for one in found if one.path is not None and one.span is not None]
        loose = [one for one in found if one.path is None or one.span is None]
        done = self._check(placed)
        rest = [*placed[done:], *loose]
        if rest:
            click.echo(workflow_commands(rest, _REST), nl=False)
        accepted = self._accepted
        if accepted:
            click.echo(notice(f"this change suppresses {count(len(accepted), 'finding')}: {_REST}"))

    def _check(self, placed: list[Annotation]) -> int:
        """How many annotations a check run took; 0 where there is none."""
        wanted = self.inputs.annotations
        if wanted == "commands" or not self.inputs.token or (wanted == AUTO and (self._is_fork or not placed)):
            return 0
        run = CheckRun(self.inputs.name, self.run.head, self._conclusion, self._title, self._page(_CHECK_BYTES))
        try:
            return publish_check(self._client, run, placed)
        except ApiError as error:
            if wanted != AUTO:
                click.echo(notice(f"no check run: {error.message}; it needs `permissions: checks: write`"))
            return 0

    @property
    def _conclusion(self) -> str:
        if self.exit_code:
            return "failure"
        return "neutral" if any(finding.verdict is Verdict.FAIL for finding in self.report.findings) else "success"

    @property
    def _title(self) -> str:
        failed = sum(finding.verdict is Verdict.FAIL for finding in self.report.findings)
        return count(failed, "new finding" if self.report.comparison else "finding")

    def _comment(self, pull_request: int) -> None:
        worth = bool(self.report.errors) or any(
            finding.verdict is not Verdict.UNKNOWN for finding in (*self.report.findings, *self._accepted)
        )
        text = self._page(COMMENT_BYTES - 500)
        try:
            publish_comment(self._client, pull_request, self.inputs.name, text, worth_starting=worth)
        except ApiError as error:
            click.echo(notice(f"no comment: {error.message}; it needs `permissions: pull-requests: write`"))

    @property
    def _accepted(self) -> tuple[Finding, ...]:
        return self.report.comparison.newly_suppressed if self.report.comparison else ()

    def _page(self, room: int) -> str:
        return renderer("markdown")(self.report, self.sources, replace(self.rendering, markdown_bytes=room))
