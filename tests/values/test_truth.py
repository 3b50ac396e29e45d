"""Kleene's laws, and that nobody can take an UNKNOWN for a yes or a no."""

from __future__ import annotations

from itertools import product

import pytest

from pipecheck.values import Truth, agreed, all_of, any_of

T, U, F = Truth.TRUE, Truth.UNKNOWN, Truth.FALSE


def test_a_truth_is_no_boolean() -> None:
    with pytest.raises(TypeError, match="three values"):
        bool(Truth.TRUE)


@pytest.mark.parametrize(("a", "b"), list(product(Truth, repeat=2)))
def test_de_morgan(a: Truth, b: Truth) -> None:
    assert ~(a & b) is (~a | ~b)
    assert ~(a | b) is (~a & ~b)


@pytest.mark.parametrize(("a", "b", "both", "either"), [(F, U, F, U), (T, U, U, T), (U, U, U, U), (T, F, F, T)])
def test_an_operand_decides_alone_where_it_can(a: Truth, b: Truth, both: Truth, either: Truth) -> None:
    assert (a & b) is both
    assert (a | b) is either


def test_of_many() -> None:
    assert all_of([]) is T
    assert any_of([]) is F
    assert all_of([T, U, F]) is F
    assert any_of([F, U]) is U
    assert agreed([T, T]) is T
    assert agreed([T, F]) is U
    assert agreed([]) is U
