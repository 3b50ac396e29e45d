"""From a rule's expressions to its clause: verdict, place, message, cause, severity."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipecheck.errors import RuleFileError
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import ArtifactStore, EncryptionKey
from pipecheck.model.subject import Subject, SubjectName
from pipecheck.rules import expression
from pipecheck.rules.cel import Condition, Scope, compile_condition
from pipecheck.rules.clause import Clause, Related
from pipecheck.rules.expression import expression_check
from pipecheck.rules.rule import Parameter, Rule
from pipecheck.rules.severity import Severity
from pipecheck.rules.verdict import Verdict, clause_verdict
from pipecheck.values import Absent, Known, Place, Reason, Route, Step, Truth, Unknown
from tests.rules.actions import pipeline

HOME = Place("t.yaml", ("Pipeline",))
STORE = HOME.child("ArtifactStore")
INVENTORY = Inventory((), {})


def rule(**parts: Any) -> Rule:
    given: dict[str, Any] = {
        "id": "artifact-store", "title": "t", "severity": Severity.LOW, "subjects": ("artifact_store",),
        "group": "artifacts", "params": (), "default": True, "since": "0.1.0", "status": "stable", "tags": (),
        "rationale": "r", "remediation": "r", "limits": "l", "controls": {}, "references": (), "examples": (),
        "python": None, "when": None, "require": "has(store.encryption_key.id)", "at": (),
        "message": "{store.location} has no key", "severity_when": (), "source": "artifacts/artifact-store.yaml",
    }  # fmt: skip
    return Rule(**{**given, **parts})


def known(value: Any, *route: str, via: tuple[Step, ...] = ()) -> Known[Any]:
    return Known(value, STORE.child(*route), via)


def unknown(*route: str, via: tuple[Step, ...] = ()) -> Unknown:
    return Unknown(Reason.PARAMETER_WITHOUT_DEFAULT, "it is not given", STORE.child(*route), written=False, via=via)


def key(id: Any) -> Known[Any]:
    return known(EncryptionKey(id, Absent(STORE), STORE.child("EncryptionKey")), "EncryptionKey")


def clause(rule: Rule, **fields: Any) -> Clause:
    given = {"type": known("S3", "Type"), "location": known("b", "Location"), "encryption_key": Absent(STORE)}
    store = ArtifactStore(**{**given, "region": Absent(STORE), "place": STORE, **fields})
    bindings = {"pipeline": pipeline(), "store": store}
    subject = Subject("artifact_store", store, bindings, SubjectName("artifact_store", "a"), (), STORE, INVENTORY)
    (found,) = expression_check(rule)(subject, INVENTORY, {"limit": 3})
    return found


def test_what_fails_says_so_where_the_value_should_stand() -> None:
    found = clause(rule())
    assert clause_verdict(found) is Verdict.FAIL
    assert (found.primary, found.say) == (STORE, "b has no key")
    assert (found.cause, found.severity, found.assumptions) == (None, None, ())


def test_what_passes_is_placed_at_the_subject() -> None:
    found = clause(rule(), encryption_key=key(known("k", "EncryptionKey", "Id")))
    assert clause_verdict(found) is Verdict.PASS
    assert found.primary == STORE


def test_what_cannot_be_told_names_its_cause() -> None:
    hidden = unknown("EncryptionKey")
    found = clause(rule(), encryption_key=hidden)
    assert clause_verdict(found) is Verdict.UNKNOWN
    assert found.primary == STORE.child("EncryptionKey")
    assert found.cause is not None
    assert found.cause.reason is Reason.PARAMETER_WITHOUT_DEFAULT


@pytest.mark.parametrize(
    ("type", "verdict", "primary"),
    [
        (known("S3", "Type"), Verdict.FAIL, STORE.child("Location")),
        (known("FTP", "Type"), Verdict.NOT_APPLICABLE, STORE),
        (unknown("Type"), Verdict.UNKNOWN, STORE.child("Type")),
    ],
)
def test_when_decides_whether_it_applies(type: Any, verdict: Verdict, primary: Place) -> None:
    found = clause(rule(when='store.type == "S3"', at=("store.location",)), type=type)
    assert clause_verdict(found) is verdict
    assert found.primary == primary
    assert (found.cause is not None) is (verdict is Verdict.UNKNOWN)


def test_what_holds_passes_whether_or_not_it_applies() -> None:
    found = clause(rule(when='store.type == "S3"'), type=unknown("Type"), encryption_key=key(known("k")))
    assert clause_verdict(found) is Verdict.PASS


@pytest.mark.parametrize(
    ("at", "encryption_key", "route"),
    [
        (("store.encryption_key.id", "store.location"), Absent(STORE), ("Location",)),
        (
            ("store.encryption_key.id", "store.location"),
            key(known("k", "EncryptionKey", "Id")),
            ("EncryptionKey", "Id"),
        ),
        (("store.encryption_key.id", "store.location"), unknown("EncryptionKey"), ("EncryptionKey",)),
        (("store.region", "store.encryption_key.id"), key(Absent(STORE.child("EncryptionKey"))), ("EncryptionKey",)),
    ],
)
def test_at_is_the_first_path_that_is_not_absent_else_the_deepest_place(
    at: tuple[str, ...], encryption_key: Any, route: Route
) -> None:
    found = clause(rule(require='store.location == "x"', at=at), encryption_key=encryption_key)
    assert found.primary == STORE.child(*route)


def test_a_rule_that_no_value_decides_points_at_its_subject() -> None:
    assert clause(rule(require="false")).primary == STORE


def test_severity_is_the_first_that_is_certainly_so() -> None:
    stated = (
        ('store.region == "a"', Severity.CRITICAL),
        ('store.type == "S3"', Severity.HIGH),
        ('store.location == "b"', Severity.MEDIUM),
    )
    assert clause(rule(severity_when=stated)).severity is Severity.HIGH
    assert clause(rule(severity_when=stated), type=unknown("Type")).severity is Severity.MEDIUM
    assert clause(rule(severity_when=stated[:1])).severity is None


def test_it_rests_on_the_defaults_of_what_decided() -> None:
    default = Step("parameter-default", "Type", HOME)
    other = Step("parameter-default", "Location", HOME)
    found = clause(
        rule(when='store.type == "S3"', require='store.location == "x"'),
        type=known("S3", "Type", via=(default,)),
        location=known("b", "Location", via=(other,)),
    )
    assert found.assumptions == (other, default)


def test_where_a_mapping_or_an_export_states_the_value_is_related() -> None:
    mapping, export = HOME.child("Mappings"), HOME.child("Outputs")
    via = (Step("mapping", "Buckets.main", mapping), Step("import", "bucket", export), Step("reference", "B", HOME))
    found = clause(rule(require='store.location == "x"'), location=known("b", "Location", via=via))
    assert found.related == (
        Related(mapping, "the mapping Buckets.main holds the value"),
        Related(export, "the value is exported as bucket"),
    )


def test_parameters_are_at_hand() -> None:
    limit = Parameter("limit", "integer", 1, "d")
    assert clause(rule(params=(limit,), require="params.limit == 3")).holds is Truth.TRUE


def test_a_wrong_expression_is_an_error_of_its_file_on_the_first_call() -> None:
    wrong = rule(require="store.nam == 'a'")
    expression_check(wrong)
    with pytest.raises(RuleFileError, match="artifact-store: an ArtifactStore has no field nam") as caught:
        clause(wrong)
    assert caught.value.source == "artifacts/artifact-store.yaml"


def test_the_expressions_are_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []

    def counted(text: str, scope: Scope) -> Condition:
        compiled.append(text)
        return compile_condition(text, scope)

    monkeypatch.setattr(expression, "compile_condition", counted)
    check = expression_check(rule())
    assert compiled == []
    store = ArtifactStore(known("S3"), known("b"), Absent(STORE), Absent(STORE), STORE)
    bindings = {"pipeline": None, "store": store}
    subject = Subject("artifact_store", store, bindings, SubjectName("artifact_store", "a"), (), STORE, INVENTORY)
    for other in (subject, replace(subject, kind="other")):
        list(check(other, INVENTORY, {}))
    assert compiled == ["has(store.encryption_key.id)"]
