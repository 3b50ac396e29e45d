from dataclasses import replace
from pathlib import PurePath

import pytest

from pipecheck.errors import InputError
from pipecheck.findings.finding import Summary
from pipecheck.model.inventory import ScannedInput
from pipecheck.report.options import RenderOptions
from pipecheck.report.text import render
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict
from pipecheck.values import Reason
from tests.report.reports import ACTION, ROLE, URI, at, finding, outcome, related, report, rule, sources, unknown

PLAIN = RenderOptions()
TEMPLATE = "Store:\n  Type: S3\n  EncryptionKey:\n    Id: alias/aws/s3\n    Type: KMS\n  End: 1\n"


def test_a_finding_is_one_frame() -> None:
    failed = finding(
        at(4, 9, 21),
        related=(related("the key is named here", at(7, 3, uri="keys.yaml")),),
        assumptions=("parameter Env gets its default",),
    )
    shown = render(report(failed), sources(TEMPLATE), PLAIN)
    assert shown == (
        "high[store-key]: the store uses alias/aws/s3\n"
        " --> template.yaml:4:9\n"
        "  |\n"
        "3 |   EncryptionKey:\n"
        "4 |     Id: alias/aws/s3\n"
        "  |         ^^^^^^^^^^^^\n"
        "5 |     Type: KMS\n"
        "  |\n"
        "  = in: shop > artifact store\n"
        "  = note: the key is named here (keys.yaml:7:3)\n"
        "  = assumes: parameter Env gets its default\n"
        "  = help: Set EncryptionKey to a key of your own. Then deploy the pipeline.\n"
        "\n"
        "1 failed (1 high) · 0 cannot tell · 0 passed · 0 not applicable · 0 errors in 1 input, 1 pipeline\n"
    )


def test_a_finding_without_its_source_still_has_its_place() -> None:
    shown = render(report(finding(at(4, 9, uri="gone.yaml"))), {}, PLAIN)
    assert " --> gone.yaml:4:9\n  = in:" in shown


@pytest.mark.parametrize(
    ("subject", "words"),
    [(ACTION, "shop > Deploy > Prod"), (ROLE, "role PipelineRole of pipelines shop, search, mail and 2 more")],
)
def test_a_frame_says_what_the_finding_is_about(subject: object, words: str) -> None:
    assert f"= in: {words}\n" in render(report(finding(subject=subject)), sources(TEMPLATE), PLAIN)


def test_findings_of_several_files_stand_under_their_file() -> None:
    shown = render(
        report(finding(at(1, uri="a.yaml")), finding(at(2, uri="a.yaml")), finding(at(1, uri="b.yaml"))), {}, PLAIN
    )
    lines = [line for line in shown.splitlines() if ".yaml" in line]
    assert lines == [
        "a.yaml: 2 findings",
        " --> a.yaml:1:1",
        " --> a.yaml:2:1",
        "b.yaml: 1 finding",
        " --> b.yaml:1:1",
    ]


def test_what_one_missing_piece_keeps_open_is_one_entry_after_the_findings() -> None:
    shown = render(
        report(
            unknown(at(1)),
            unknown(at(1), rule="bucket-lifecycle"),
            unknown(at(2), message="cannot tell: the role is imported", reason=Reason.IMPORTED_VALUE),
            finding(at(3)),
        ),
        {},
        PLAIN,
    )
    undecided = shown[shown.index("cannot tell:") :]
    assert shown.startswith("high[store-key]")
    assert undecided == (
        "cannot tell: the bucket artifacts is not in the input\n"
        " --> template.yaml:1:1\n"
        "  = in: shop > artifact store\n"
        "  = 2 rules: bucket-lifecycle, store-key\n"
        "  = help: scan the file that defines it together with this one\n"
        "\n"
        "cannot tell: the role is imported\n"
        " --> template.yaml:2:1\n"
        "  = in: shop > artifact store\n"
        "  = 1 rule: store-key\n"
        "  = help: scan the template that exports it together with this one\n"
        "\n"
        "1 failed (1 high) · 3 cannot tell · 0 passed · 0 not applicable · 0 errors in 1 input, 1 pipeline\n"
    )


def test_pieces_that_keep_the_same_rules_open_share_their_notes() -> None:
    shown = render(
        report(
            unknown(at(1), message="cannot tell: the role a is not in the input"),
            unknown(at(2), message="cannot tell: the role b is not in the input", rule="other"),
            unknown(at(3), message="cannot tell: the role c is not in the input"),
            unknown(at(4), message="cannot tell: the role d is imported", reason=Reason.IMPORTED_VALUE),
        ),
        {},
        PLAIN,
    )
    assert shown.startswith(
        "cannot tell: the role a is not in the input\n"
        " --> template.yaml:1:1\n"
        "cannot tell: the role c is not in the input\n"
        " --> template.yaml:3:1\n"
        "  = 1 rule: store-key\n"
        "  = help: scan the file that defines it together with this one\n"
        "\n"
        "cannot tell: the role b is not in the input\n"
    )


def test_a_missing_piece_that_many_places_need_names_the_first_of_them() -> None:
    shown = render(report(*(unknown(at(line)) for line in range(1, 10))), {}, PLAIN)
    assert [line for line in shown.splitlines() if "-->" in line] == [
        " --> template.yaml:1:1",
        " --> template.yaml:2:1",
        " --> template.yaml:3:1",
        " --> and 6 more",
    ]
    four = render(report(*(unknown(at(line)) for line in range(1, 5))), {}, PLAIN)
    assert " --> template.yaml:4:1\n" in four
    assert "more" not in four
    assert " --> and 2 more\n" in render(report(*(unknown(at(line)) for line in range(1, 6))), {}, PLAIN)


def test_a_crash_is_no_failure_of_the_pipeline() -> None:
    crash = finding(at(4, 9), verdict=Verdict.ERROR, message="the rule crashed: KeyError: 'x'")
    shown = render(report(crash), sources(TEMPLATE), PLAIN)
    assert "error[store-key]: the rule crashed: KeyError: 'x'\n --> template.yaml:4:9\n" in shown
    assert "Set EncryptionKey" not in shown
    assert "· 1 error in" in shown


def test_inputs_that_could_not_be_read_are_counted_and_left_to_stderr() -> None:
    shown = render(report(errors=[InputError("found a tab", source="broken.yaml", line=2)]), {}, PLAIN)
    assert shown.endswith("in 1 input, 1 pipeline (1 input error)\n")
    assert "found a tab" not in shown


def test_the_summary_counts_severities_from_the_worst_down() -> None:
    findings = [finding(severity=severity) for severity in (Severity.LOW, Severity.CRITICAL, Severity.LOW)]
    assert "3 failed (1 critical, 2 low) ·" in render(report(*findings), {}, PLAIN)


def test_the_summary_counts_inputs_and_their_pipelines() -> None:
    inputs = [ScannedInput("a", "cloudformation", ("x", "y")), ScannedInput("b", "cloudformation", ())]
    assert render(report(inputs=inputs), {}, PLAIN).endswith("in 2 inputs, 2 pipelines\n")


def test_a_summary_without_a_count_counts_nothing() -> None:
    made = replace(report(), summary=Summary({}, {}))
    assert render(made, {}, PLAIN).startswith("0 failed · 0 cannot tell · 0 passed · 0 not applicable · 0 errors in")


def test_failed_checks_that_are_filtered_out_are_counted_openly() -> None:
    shown = render(report(outcomes=[outcome(finding()), outcome(finding(at(2)))]), {}, PLAIN)
    assert shown.startswith("2 failed checks are counted below and not shown\n2 failed")


def test_verbose_lists_what_passes_and_what_does_not_apply() -> None:
    outcomes = [outcome(verdict=Verdict.NOT_APPLICABLE, subject=ACTION), outcome(location=at(3, 5))]
    quiet = render(report(outcomes=outcomes), {}, PLAIN)
    verbose = render(report(outcomes=outcomes), {}, RenderOptions(verbose=True))
    assert "store-key" not in quiet
    assert verbose.startswith(
        "pass[store-key]: artifact store Shop.ArtifactStore (template.yaml:3:5)\n"
        "n/a[store-key]: shop > Deploy > Prod (template.yaml:1:1)\n\n"
    )


def test_help_is_the_first_sentences_of_the_first_paragraph() -> None:
    long = f"Set a key.\nThen {'deploy it and ' * 15}wait. And more.\n\nSecond paragraph."
    shown = render(report(finding(), rules=[rule(remediation=long)]), {}, RenderOptions(width=1_000))
    assert "= help: Set a key.\n" in shown
    announcing = rule(remediation="Set a key. Then deploy it:\n\n    deploy")
    assert "= help: Set a key. Then deploy it.\n" in render(report(finding(), rules=[announcing]), {}, PLAIN)


def test_notes_are_wrapped_below_their_beginning() -> None:
    shown = render(report(finding(), rules=[rule(remediation="word " * 30)]), {}, RenderOptions(width=60))
    start = shown.index("= help:")
    lines = shown[start:].splitlines()[:3]
    assert all(len(line) <= 60 for line in lines)
    assert lines[1].startswith("          word")


@pytest.mark.parametrize("width", range(40, 120, 7))
def test_no_line_is_longer_than_asked_for_but_titles_and_places(width: int) -> None:
    failed = finding(at(1, 300, 310), related=(related("a note " * 5 + "x", at(7, 3, uri="keys.yaml")),))
    shown = render(
        report(failed, rules=[rule(remediation="word " * 20)]), sources("x" * 700), RenderOptions(width=width)
    )
    lines = shown.splitlines()[2:-2]
    assert max(map(len, lines)) <= max(width, len("  = help: ") + 40)
    assert max(len(line) for line in lines if line.startswith("1 |")) == width


def test_a_place_that_does_not_fit_behind_its_note_stands_below_it() -> None:
    def shown(message: str) -> str:
        failed = finding(related=(related(message, at(7, 3, uri="keys.yaml")),))
        return render(report(failed), {}, RenderOptions(width=len("  = note:  (keys.yaml:7:3)") + 30))

    assert f"  = note: {'x' * 30} (keys.yaml:7:3)\n" in shown("x" * 30)
    assert f"  = note: {'x' * 31}\n          (keys.yaml:7:3)\n" in shown("x" * 31)


def test_plain_text_has_no_escape_sequence_and_colour_changes_nothing_else() -> None:
    shown = report(finding(at(4, 9, 21)), unknown(), errors=[InputError("x", source="y", line=1)])
    plain = render(shown, sources(TEMPLATE), PLAIN)
    coloured = render(shown, sources(TEMPLATE), RenderOptions(color=True))
    assert "\x1b" not in plain
    assert "\x1b[1;31mhigh\x1b[0m" in coloured
    assert without_colours(coloured) == plain


def without_colours(text: str) -> str:
    parts = text.split("\x1b[")
    return parts[0] + "".join(part.split("m", 1)[1] for part in parts[1:])


def test_places_are_links_to_the_file_where_the_terminal_knows_them() -> None:
    options = RenderOptions(hyperlinks=True, base=PurePath("/home/me/my shop"))
    shown = render(report(finding(at(4, 9))), sources(TEMPLATE), options)
    link = "\x1b]8;;file:///home/me/my%20shop/template.yaml\x1b\\template.yaml:4:9\x1b]8;;\x1b\\"
    assert f" --> {link}\n" in shown
    assert "\x1b]8" not in render(report(finding(at(4, 9))), sources(TEMPLATE), RenderOptions(hyperlinks=True))


HOSTILE = "na\nme\x1b]8;;https://example.com\x07\u202e" + "x" * 70_000


def test_hostile_names_neither_reach_the_terminal_nor_flood_it() -> None:
    subject = ROLE.__class__("action", HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    failed = finding(
        at(1, 1, 70_000),
        subject=subject,
        message=f"action {HOSTILE} is bad",
        related=(related(HOSTILE, at(1)),),
        assumptions=(HOSTILE,),
    )
    unsure = unknown(subject=subject, message=f"cannot tell: {HOSTILE}")
    error = InputError(HOSTILE, source=URI, line=1, help=(HOSTILE,))
    shown = render(
        report(failed, unsure, outcomes=[outcome(subject=subject)], errors=[error]),
        sources(HOSTILE),
        RenderOptions(verbose=True),
    )
    assert not {"\x1b", "\x07", "\u202e", "\r"} & set(shown)
    assert len(shown) < 10_000


def test_secrets_are_masked_wherever_they_come_from() -> None:
    subject = ROLE.__class__("action", "hunter2", "p-hunter2", "hunter2", "hunter2")
    failed = finding(
        at(2, 3, 10),
        message="PASSWORD is hunter2",
        subject=subject,
        related=(related("hunter2 again", at(1)),),
        assumptions=("hunter2",),
    )
    shown = render(
        report(
            failed,
            unknown(message="cannot tell: hunter2"),
            outcomes=[outcome(subject=subject)],
            errors=[InputError("hunter2", source=URI, line=3, help=("hunter2",))],
            secrets=["hunter2"],
        ),
        sources("a: hunter2\nb: hunter2\nc: [hunter2]\n"),
        RenderOptions(verbose=True),
    )
    assert "hunter2" not in shown
    assert "2 | b: ***\n" in shown
