"""What `pipecheck rules test` says, for people and as JUnit XML."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from pipecheck.findings.proof import Mismatch, Proof
from pipecheck.report.redaction import printable
from pipecheck.report.summary_line import count
from pipecheck.report.xml import attributes, escaped

_ABOUT = {
    "example": "example {}",
    "verdicts": "examples: {}",
    "parity": "renderings of example {}",
    "blur": "blurred example {}",
    "clause": "clause {}",
}
_MOST = 3


def render_text(rules: Sequence[str], proofs: Sequence[Proof]) -> str:
    """A paragraph for each proof that does not hold, then one line that counts."""
    failed = [proof for proof in proofs if proof.mismatches]
    paragraphs = ["\n".join(_paragraph(proof)) for proof in failed]
    outcome = f"{count(len(failed), 'mistake')}" if failed else "all hold"
    summary = f"{count(len(rules), 'rule')}, {count(len(proofs), 'proof')}: {outcome}"
    return "\n\n".join([*paragraphs, summary]) + "\n"


def _paragraph(proof: Proof) -> Iterator[str]:
    yield printable(f"{proof.source}:{proof.line}:{proof.column}: {proof.rule}: {_about(proof)}")
    for mismatch in proof.mismatches[:_MOST]:
        yield from _mismatch(mismatch, proof)
    if len(proof.mismatches) > _MOST:
        yield f"  and {len(proof.mismatches) - _MOST} more"


def _mismatch(mismatch: Mismatch, proof: Proof) -> Iterator[str]:
    detail = mismatch.case.removeprefix(f"{proof.rule}: ").removeprefix(proof.case).lstrip(": ")
    if detail and detail != proof.rule:
        yield printable(f"  {detail}")
    yield printable(f"  expected  {mismatch.expected}")
    yield printable(f"  got       {mismatch.got}")


def _about(proof: Proof) -> str:
    return _ABOUT[proof.test].format(proof.case)


def render_junit(rules: Sequence[str], proofs: Sequence[Proof]) -> str:
    """One suite per rule file, one test case per proof."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<testsuites{attributes(name='pipecheck rules', **_counts(proofs))}>",
    ]
    for rule in rules:
        own = [proof for proof in proofs if proof.rule == rule]
        lines.append(f"  <testsuite{attributes(name=rule, file=own[0].source, **_counts(own), skipped=0)}>")
        lines += [line for proof in own for line in _case(proof)]
        lines.append("  </testsuite>")
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _case(proof: Proof) -> Iterator[str]:
    stated = attributes(classname=f"pipecheck.{proof.rule}", name=_about(proof), file=proof.source, line=proof.line)
    if not proof.mismatches:
        yield f"    <testcase{stated}/>"
        return
    first = proof.mismatches[0]
    message = attributes(message=f"expected {first.expected}, got {first.got}", type=proof.test)
    body = escaped("\n".join(_paragraph(proof)))
    yield f"    <testcase{stated}>"
    yield f"      <failure{message}>{body}</failure>"
    yield "    </testcase>"


def _counts(proofs: Sequence[Proof]) -> dict[str, int]:
    return {"tests": len(proofs), "failures": sum(bool(proof.mismatches) for proof in proofs), "errors": 0}


FORMATS: Mapping[str, Callable[[Sequence[str], Sequence[Proof]], str]] = {"text": render_text, "junit": render_junit}
"""The formats of `pipecheck rules test`."""
