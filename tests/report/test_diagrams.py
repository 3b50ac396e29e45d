import json
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipecheck.analysis.diagram import Diagram, DrawnAction, DrawnStage, Reach
from pipecheck.report.diagram.formats import DIAGRAM_FORMATS, diagram_renderer
from pipecheck.report.redaction import Redaction
from tests.report.hostile import HOSTILE

ACTION = DrawnAction(
    "Build", "Build", "CodeBuild", ("Source",), ("Image",), gate=False, reach=None, note="", conditional=False
)
DEPLOY = replace(
    ACTION,
    name="Deploy",
    category="Deploy",
    inputs=("Image",),
    outputs=(),
    reach=Reach.NOT_GATED,
    note='stack "shop-prod"',
)
GATE = replace(ACTION, name="Ok", category="Approval", provider="Manual", inputs=(), outputs=(), gate=True)
SVG = "{http://www.w3.org/2000/svg}"


def stage(name: str, *rows: Sequence[DrawnAction]) -> DrawnStage:
    return DrawnStage(name, tuple(map(tuple, rows)), (), None, conditional=False, complete=True)


SHOP = Diagram("shop", "shop.yaml", (stage("Build", [ACTION]), stage("Prod", [DEPLOY], [GATE])), complete=True)


def drawn(format: str, *diagrams: Diagram, secrets: Sequence[str] = ()) -> str:
    return diagram_renderer(format)(diagrams, Redaction(secrets))


def test_text_lists_actions_by_run_order_with_signs() -> None:
    assert drawn("text", SHOP).splitlines() == [
        "shop (shop.yaml)",
        "",
        "1. Build",
        "       Build   Build/CodeBuild  Source → Image",
        "",
        "2. Prod",
        "  1. ✗ Deploy  Deploy/CodeBuild  Image →",
        '               production without an approval: stack "shop-prod"',
        "  2. ◆ Ok      Approval/Manual",
        "               gate: somebody must agree",
    ]


def test_text_says_what_is_hidden_conditional_or_closed() -> None:
    hidden = replace(
        SHOP.stages[0], complete=False, conditional=True, disabled="freeze", conditions=("before entry: x",)
    )
    text = drawn("text", Diagram("shop", "shop.yaml", (hidden,), complete=False))
    assert "1. Build (only under a condition; closed: freeze)\n     before entry: x\n" in text
    assert "… and actions that cannot be seen" in text
    assert text.endswith("… and stages that cannot be seen\n")


def test_json_holds_all_of_it() -> None:
    (shop,) = json.loads(drawn("json", SHOP))["pipelines"]
    assert shop["stages"][1]["rows"][0][0]["reach"] == "not gated"
    assert [[one["name"] for one in row] for row in shop["stages"][1]["rows"]] == [["Deploy"], ["Ok"]]


def test_mermaid_orders_rows_links_artifacts_and_marks_what_is_not_gated() -> None:
    lines = [line.strip() for line in drawn("mermaid", SHOP).splitlines()]
    assert lines[0] == "flowchart LR"
    assert 'p0s1r0a0["Deploy<br/>CodeBuild"]:::notgated' in lines
    assert 'p0s1r1a0{{"Ok<br/>Manual"}}:::gate' in lines
    assert "p0s1r0a0 --> p0s1r1a0" in lines
    assert "p0s0 ==> p0s1" in lines
    assert 'p0s0r0a0 -. "Image" .-> p0s1r0a0' in lines


def test_svg_marks_the_way_that_is_broken() -> None:
    root = etree.fromstring(drawn("svg", SHOP).encode())
    assert [path.get("class") for path in root.iter(f"{SVG}path")] == ["broken", "way"]
    assert [box.get("class") for box in root.iter(f"{SVG}rect")][1:] == [
        "stage",
        "card",
        "stage",
        "not-gated",
        "gate",
    ]


def test_svg_boxes_stay_in_the_picture_and_apart() -> None:
    many = stage("Many", [replace(ACTION, name=f"A{n}") for n in range(11)])
    root = etree.fromstring(drawn("svg", Diagram("shop", "s.yaml", (many, many), complete=True)).encode())
    width, height = int(root.get("width")), int(root.get("height"))
    boxes = [
        tuple(int(box.get(side)) for side in ("x", "y", "width", "height"))
        for box in root.iter(f"{SVG}rect")
        if box.get("class") == "card"
    ]
    assert all(x >= 0 and x + w <= width and y >= 0 and y + h <= height for x, y, w, h in boxes)
    assert len(boxes) == 22
    assert not [
        (one, other)
        for one in boxes
        for other in boxes
        if one < other and one[0] < other[0] + other[2] and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3] and other[1] < one[1] + one[3]
    ]  # fmt: skip


@pytest.mark.parametrize("format", DIAGRAM_FORMATS)
def test_secrets_are_masked(format: str) -> None:
    secret = replace(SHOP, name="hunter2hunter2")
    assert "hunter2" not in drawn(format, secret, secrets=["hunter2hunter2"])


@pytest.mark.parametrize("text", HOSTILE)
def test_no_name_is_markup(text: str) -> None:
    is_inert(text)


@given(st.text())
def test_no_text_is_markup(text: str) -> None:
    is_inert(text)


def is_inert(text: str) -> None:
    named = Diagram(text, text, (stage(text, [replace(DEPLOY, name=text, provider=text, note=text)]),), complete=True)
    plain = Diagram("x", "x", (stage("x", [replace(DEPLOY, name="x", provider="x", note="x")]),), complete=True)
    shape = [element.tag for element in etree.fromstring(drawn("svg", plain).encode()).iter()]
    found = [element.tag for element in etree.fromstring(drawn("svg", named).encode()).iter()]
    assert set(found) <= set(shape)
    mermaid = drawn("mermaid", named)
    assert len(mermaid.splitlines()) == len(drawn("mermaid", plain).splitlines())
    assert all(line.count('"') in {0, 2} for line in mermaid.splitlines())
    assert len(json.loads(drawn("json", named))["pipelines"]) == 1
