"""Generated templates whose functions nest: parameters, mappings, conditions, and expressions over them."""

from __future__ import annotations

from typing import TypeAlias

from hypothesis import strategies as st

Tree: TypeAlias = object
"""A tree of dict, list and scalars in which functions are written in their long form."""

PARAMETERS: dict[str, dict[str, object]] = {
    "Env": {"Type": "String", "Default": "dev", "AllowedValues": ["dev", "prod"]},
    "Word": {"Type": "String", "Default": "a-b"},
    "Empty": {"Type": "String", "Default": ""},
    "Count": {"Type": "Number", "Default": 1},
    "Size": {"Type": "String", "AllowedValues": ["s", "l"]},
    "Open": {"Type": "String"},
    "Names": {"Type": "CommaDelimitedList", "Default": "x, y-z"},
}
MAPPINGS: dict[str, object] = {
    "ByEnv": {
        "dev": {"name": "d", "list": ["d1", "d2"], "s": "ds", "l": "dl"},
        "prod": {"name": "p-q", "list": ["p1", "p2", "p3"], "s": "ps", "l": "pl"},
    },
}
GIVEN = {
    "Env": st.sampled_from(["dev", "prod"]),
    "Word": st.sampled_from(["a-b", "dev", "x"]),
    "Empty": st.sampled_from(["", "dev"]),
    "Count": st.sampled_from(["0", "1", "2"]),
    "Size": st.sampled_from(["s", "l"]),
    "Open": st.sampled_from(["o", "prod", "s"]),
    "Names": st.sampled_from(["x,y-z", "a", "s,l,dev"]),
}
"""A value for every parameter."""

_TEXTS = ["a", "b-c", "dev", "prod", "s", "l", "0", "x y", "é", '"q"', "{}", "1"]
_CONDITIONS = ("IsA", "IsB", "IsC")
_SEPARATORS = st.sampled_from(["-", "", ":", ","])
_names = st.sampled_from(["Env", "Word", "Empty", "Count", "Size", "Open"])


def _function(name: str, *arguments: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    return st.tuples(*arguments).map(lambda parts: {name: list(parts)})


def _ref(names: st.SearchStrategy[str]) -> st.SearchStrategy[Tree]:
    return names.map(lambda name: {"Ref": name})


def _sub(texts: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    parts = st.lists(st.one_of(st.sampled_from(_TEXTS[:6]), _names.map(lambda name: f"${{{name}}}")), max_size=4)
    plain = parts.map(lambda pieces: {"Fn::Sub": "".join(pieces)})
    given = st.tuples(parts, texts).map(lambda pair: {"Fn::Sub": ["${Given}" + "".join(pair[0]), {"Given": pair[1]}]})
    return plain | given


def _extended(texts: st.SearchStrategy[Tree], *, optional: bool) -> st.SearchStrategy[Tree]:
    lists = _lists(texts, optional=optional)
    key = st.sampled_from(["dev", "prod"]) | st.just({"Ref": "Env"})
    below = st.sampled_from(["name", "s", "l"]) | st.just({"Ref": "Size"})
    return st.one_of(
        _sub(texts),
        _function("Fn::Join", _SEPARATORS, lists),
        _function("Fn::Select", st.sampled_from([0, 1, "1", 2]) | st.just({"Ref": "Count"}), lists),
        _function("Fn::FindInMap", st.just("ByEnv"), key, below),
        _function("Fn::If", st.sampled_from(_CONDITIONS), texts, texts),
    )


def _lists(texts: st.SearchStrategy[Tree], *, optional: bool) -> st.SearchStrategy[Tree]:
    """Expressions that give a list of texts."""
    perhaps = _function("Fn::If", st.sampled_from(_CONDITIONS), texts, st.just({"Ref": "AWS::NoValue"}))
    plain = st.lists(texts | perhaps if optional else texts, min_size=1, max_size=3)
    looked_up = _function("Fn::FindInMap", st.just("ByEnv"), st.just({"Ref": "Env"}), st.just("list"))
    base = st.one_of(plain, st.just({"Ref": "Names"}), looked_up, _function("Fn::Split", st.just("-"), texts))
    return base | _function("Fn::If", st.sampled_from(_CONDITIONS), base, base)


def text_expressions(*, optional: bool) -> st.SearchStrategy[Tree]:
    """Expressions that give a text; with `optional`, elements of their lists may be AWS::NoValue."""
    base = st.sampled_from(_TEXTS) | _ref(_names)
    return st.recursive(base, lambda texts: _extended(texts, optional=optional), max_leaves=6)


def conditions(*, plain: bool = False) -> st.SearchStrategy[dict[str, Tree]]:
    """A Conditions section; a `plain` one compares parameters with texts alone."""
    looked_up = {"Fn::FindInMap": ["ByEnv", {"Ref": "Env"}, "name"]}
    operands = st.one_of(
        _ref(_names),
        st.sampled_from(_TEXTS),
        st.just(looked_up),
        st.just({"Fn::Select": [0, {"Ref": "Names"}]}),
        st.just({"Fn::Join": ["", ["p-", {"Ref": "Env"}]]}),
    )
    equal = _function("Fn::Equals", _ref(_names) | st.just(looked_up), operands)
    if plain:
        equal = _function("Fn::Equals", _ref(_names), st.sampled_from(_TEXTS))

    def section(formulas: tuple[Tree, Tree, Tree, int]) -> dict[str, Tree]:
        first, second, third, shape = formulas
        joined: list[Tree] = [{"Condition": "IsA"}, {"Fn::Not": [{"Condition": "IsB"}]}, third]
        last: Tree = ({"Fn::And": joined}, {"Fn::Or": joined}, {"Fn::Not": [third]}, third)[shape]
        return dict(zip(_CONDITIONS, (first, second, last), strict=True))

    return st.tuples(equal, equal, equal, st.integers(0, 3)).map(section)


def template(expression: Tree, section: dict[str, Tree]) -> dict[str, Tree]:
    """A template with one pipeline whose name is an expression."""
    pipeline = {"Type": "AWS::CodePipeline::Pipeline", "Properties": {"Name": expression}}
    return {
        "Parameters": PARAMETERS,
        "Mappings": MAPPINGS,
        "Conditions": section,
        "Resources": {"Pipeline": pipeline},
    }
