"""Which values decided: the place of a finding, the cause of a cannot-tell, and what it rests on."""

import pytest

from pipecheck.model.settings import Settings
from pipecheck.rules.cel import Scope, compile_condition, compile_path, function_of, object_type
from pipecheck.rules.cel.evidence import Decision, Evidence
from pipecheck.values import Member, Reason, Route, Step, Truth
from tests.rules.things import (
    ROOT,
    SCOPE,
    Crate,
    Label,
    absent,
    bindings,
    crate,
    explain,
    items,
    known,
    part,
    unknown,
)

DEFAULT = Step("parameter-default", "Wood", ROOT.child("Parameters", "Wood", "Default"))
MAPPING = Step("mapping", "Woods.pine", ROOT.child("Mappings", "Woods", "pine"))


@pytest.mark.parametrize(
    ("text", "truth", "routes"),
    [
        ('crate.name == "a" && crate.weight == 1', Truth.FALSE, [("weight",)]),
        ('crate.name == "b" && crate.weight == 1', Truth.FALSE, [("name",)]),
        ('crate.name == "a" && crate.weight == 2', Truth.TRUE, [("name",), ("weight",)]),
        ('crate.name == "b" || crate.weight == 1', Truth.FALSE, [("name",), ("weight",)]),
        ('crate.name == "b" || crate.weight == 2', Truth.TRUE, [("weight",)]),
        ('!(crate.name == "a")', Truth.FALSE, [("name",)]),
        ('crate.name == "a" ? crate.weight == 1 : true', Truth.FALSE, [("weight",), ("name",)]),
        ('"x" == crate.name', Truth.FALSE, [("name",)]),
        ('crate.name.startsWith(crate.marks[0])', Truth.FALSE, [("name",), ("marks", 0)]),
        ('crate.parts.all(p, p.name != "nail")', Truth.FALSE, [("parts", 1, "name")]),
        ('crate.parts.exists(p, p.name == "x")', Truth.FALSE, [("parts", 0, "name"), ("parts", 1, "name")]),
        ('crate.parts.all(p, has(p.weight))', Truth.FALSE, [("parts", 0)]),
        ('crate.marks.exists_one(m, m == "z")', Truth.FALSE, [("marks",)]),
        ('crate.parts.exists(p, p.tags.exists(t, t == "x"))', Truth.FALSE, [("parts", 0), ("parts", 1)]),
        ('size(crate.parts) > 2', Truth.FALSE, [("parts",)]),
        ('crate.settings.Colour == "blue"', Truth.FALSE, [("settings", "Colour")]),
        ('crate.settings.Size == "L"', Truth.FALSE, [("settings",)]),
        ('"c" in crate.marks', Truth.FALSE, [("marks",)]),
        ('has(crate.label.text)', Truth.FALSE, [()]),
        ('params.limit == 3', Truth.FALSE, []),
        ('(crate.name + crate.settings.Colour) == "x"', Truth.FALSE, [("name",), ("settings", "Colour")]),
    ],
)  # fmt: skip
def test_the_values_that_decided_in_order(text: str, truth: Truth, routes: list[Route]) -> None:
    subject = crate(
        name=known("a", "name"),
        weight=known(2, "weight"),
        marks=items([known("m", "marks", 0), known("n", "marks", 1)], "marks"),
        parts=items(
            [part(0, name=known("lid", "parts", 0, "name")), part(1, name=known("nail", "parts", 1, "name"))], "parts"
        ),
        settings=Settings({"Colour": known("red", "settings", "Colour")}, ROOT.child("settings")),
    )
    decision = explain(text, subject)
    assert decision.truth is truth
    assert [evidence.place.route for evidence in decision.deciding] == routes
    assert decision.place == (ROOT.child(*routes[0]) if routes else None)
    assert decision.cause is None


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ('crate.weight == 2 && crate.name == "a"', ("name",)),
        ('crate.weight == 1 || crate.name == "a"', ("name",)),
        ('crate.name == "a" || crate.sealed', ("name",)),
        ("crate.weight == 2 ? crate.sealed : false", ("sealed",)),
        ("crate.sealed ? crate.weight == 2 : false", ("sealed",)),
        ('(crate.sealed ? "a" : "b") == "a"', ("sealed",)),
        ('crate.parts.all(p, p.name == "lid")', ("parts", 1, "name")),
        ('crate.parts.exists(p, p.name == "x")', ("parts", 1, "name")),
        ('crate.parts.exists_one(p, p.name == "x")', ("parts", 1, "name")),
        ("size(crate.parts.filter(p, p.name == 'x')) == 1", ("parts", 1, "name")),
        ("crate.marks.all(m, m == 'm')", ("marks",)),
        ("size(crate.marks) == 1", ("marks",)),
        ("'z' in crate.marks", ("marks",)),
        ("'z' in crate.parts.map(p, p.name)", ("parts", 1, "name")),
        ("crate.label.text == 'a'", ("label",)),
        ("crate.name.contains('a') == crate.sealed", ("name",)),
    ],
)
def test_the_first_value_that_keeps_it_undecided(text: str, route: Route) -> None:
    hidden_part = part(1, name=unknown("parts", 1, "name"), weight=unknown("parts", 1, "weight"))
    subject = crate(
        name=unknown("name"),
        weight=known(2, "weight"),
        sealed=unknown("sealed"),
        label=unknown("label"),
        marks=items([known("m", "marks", 0)], "marks", hides=unknown("marks")),
        parts=items([part(0, name=known("lid", "parts", 0, "name")), hidden_part], "parts"),
    )
    decision = explain(text, subject)
    assert decision.truth is Truth.UNKNOWN
    assert decision.place == ROOT.child(*route)
    assert decision.cause is not None
    assert decision.cause.place == ROOT.child(*route)


def test_what_is_unknown_in_a_part_that_is_decided_is_no_cause() -> None:
    partly = unknown("name", pieces=("key:", unknown(spelling="Id")))
    subject = crate(name=partly, sealed=unknown("sealed"))
    decision = explain('crate.sealed && crate.name.startsWith("key:")', subject)
    assert decision.cause is not None
    assert decision.cause.place == ROOT.child("sealed")


def test_what_decided_is_no_cause_although_a_part_of_it_is_unknown() -> None:
    subject = crate(weight=known(2, "weight"), name=unknown("name", pieces=("key:", unknown(spelling="Id"))))
    assert explain('crate.name.startsWith("key:")', subject).cause is None
    decision = explain('crate.weight == 1 || crate.name.startsWith("x")', subject)
    assert decision.truth is Truth.FALSE
    assert decision.place == ROOT.child("weight")


def test_a_condition_that_is_decided_is_no_cause() -> None:
    partly = unknown("name", pieces=("key:", unknown(spelling="Id")))
    subject = crate(name=partly, label=unknown("label"))
    decision = explain('(crate.name.startsWith("key:") ? "a" : "b") == crate.label.text', subject)
    assert decision.cause is not None
    assert decision.cause.place == ROOT.child("label")


def test_a_decided_condition_is_no_cause_of_an_undecided_branch() -> None:
    partly = unknown("name", pieces=("key:", unknown(spelling="Id")))
    subject = crate(name=partly, parts=items([part(0, weight=unknown("parts", 0, "weight"))], "parts"))
    decision = explain('crate.name.startsWith("key:") ? crate.parts.exists(p, is_heavy(p)) : true', subject)
    assert (decision.truth, decision.cause) == (Truth.UNKNOWN, None)


def test_an_element_that_a_filter_cannot_judge_names_what_the_filter_asks() -> None:
    decision = explain('["a"].filter(t, has(crate.name))[0] == "a"', crate(name=unknown("name", written=False)))
    assert decision.cause is not None
    assert decision.cause.place == ROOT.child("name")


def test_a_member_that_may_not_be_there_is_undecided_by_its_condition_alone() -> None:
    partly = unknown("parts", 0, "name", pieces=("key:", unknown(spelling="Id")))
    subject = crate(parts=items([Member(part(0, name=partly), frozenset({("IsBig", True)}), Truth.UNKNOWN)], "parts"))
    decision = explain('crate.parts.exists(p, p.name.startsWith("key:"))', subject)
    assert decision.cause is not None
    assert decision.cause.reason is Reason.CONDITION_UNDECIDED


def test_a_member_whose_condition_is_undecided_names_the_condition() -> None:
    subject = crate(
        parts=items([Member(part(0, name=known("x")), frozenset({("IsBig", True)}), Truth.UNKNOWN)], "parts")
    )
    decision = explain('crate.parts.all(p, p.name == "lid")', subject)
    assert decision.cause is not None
    assert decision.cause.reason is Reason.CONDITION_UNDECIDED
    assert "IsBig" in decision.cause.detail


def test_assumptions_are_the_defaults_parameters_and_conditions_of_what_decided() -> None:
    subject = crate(
        name=known("a", "name", via=(DEFAULT, MAPPING)), weight=known(1, "weight", via=(Step("parameter", "W"),))
    )
    assert explain('crate.name == "b"', subject).assumptions == (DEFAULT,)
    assert explain('crate.name == "b"', subject).steps == (DEFAULT, MAPPING)
    assert explain("crate.weight == 1", subject).assumptions == (Step("parameter", "W"),)
    assert explain('crate.name == "b" && crate.weight == 1', subject).assumptions == (DEFAULT,)


def test_a_parameter_without_a_value_is_no_assumption() -> None:
    subject = crate(name=unknown("name", via=(Step("parameter", "Name"), DEFAULT)))
    assert explain('crate.name == "b"', subject).assumptions == (DEFAULT,)


def test_what_a_parent_came_through_counts_for_its_fields() -> None:
    step = Step("condition", "HasLabel")
    subject = crate(label=known(Label(known("x", "label", "text"), ROOT), "label", via=(step,)))
    assert explain('crate.label.text == "y"', subject).assumptions == (step,)


def test_a_guarded_member_rests_on_its_condition() -> None:
    member = Member(part(0, name=known("x", "parts", 0, "name")), frozenset({("IsBig", True)}), Truth.TRUE)
    decision = explain('crate.parts.all(p, p.name == "lid")', crate(parts=items([member], "parts")))
    assert decision.truth is Truth.FALSE
    assert decision.assumptions == (Step("condition", "IsBig"),)


def test_a_function_that_answers_with_a_mere_truth_rests_on_its_arguments() -> None:
    subject = crate(parts=items([part(0, weight=unknown("parts", 0, "weight"))], "parts"))
    decision = explain("crate.parts.exists(p, is_heavy(p))", subject)
    assert decision.truth is Truth.UNKNOWN
    assert decision.place == ROOT.child("parts", 0)


def judged(subject: Crate) -> Decision:
    return Decision(Truth.UNKNOWN, (Evidence(ROOT.child("weight"), unknown("weight")),))


def test_a_function_may_say_itself_what_its_answer_rests_on() -> None:
    scope = Scope({"crate": object_type(Crate)}, {"judged": function_of(judged)})
    decision = compile_condition("judged(crate)", scope).explain({"crate": crate()})
    assert decision.place == ROOT.child("weight")
    assert decision.cause == unknown("weight")


@pytest.mark.parametrize(
    ("path", "written", "route"),
    [
        ("crate", Truth.TRUE, ()),
        ("crate.name", Truth.TRUE, ("name",)),
        ("crate.weight", Truth.FALSE, ("weight",)),
        ("crate.label.text", Truth.UNKNOWN, ("label",)),
        ("crate.marks", Truth.FALSE, ("marks",)),
        ("crate.parts", Truth.TRUE, ("parts",)),
        ("crate.parts[0].name", Truth.FALSE, ("parts", 0)),
        ("crate.parts[7].name", Truth.FALSE, ("parts",)),
        ("crate.settings.Colour", Truth.FALSE, ("settings",)),
    ],
)
def test_a_path_leads_to_a_place_also_where_nothing_is_written(path: str, written: Truth, route: Route) -> None:
    subject = crate(
        name=known("a", "name"), weight=absent("weight"), label=unknown("label"), parts=items([part(0)], "parts")
    )
    assert compile_path(path, SCOPE).find(bindings(subject)) == (written, ROOT.child(*route))
