"""Frozen data classes that cost little to define.

`dataclasses.dataclass(frozen=True, slots=True)` compiles eight functions for each class, half a millisecond every
time a process starts; over a hundred classes would be most of the time of a scan of one template. A record compiles
its `__init__` alone, when the first instance is made, and shares the rest. In every other way it is a dataclass:
`fields`, `replace` and `match` work.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from typing import Any, NoReturn, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, eq_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """The class as a frozen dataclass with slots: equal by its fields, and hashable where they are."""
    made: Any = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    own = cls.__dict__
    for name, function in _SHARED.items():
        if name not in own:
            setattr(made, name, function)
    result: type[T] = made
    return result


def _initialize(self: Any, *arguments: Any, **named: Any) -> None:
    """The first `__init__` of a class: makes the real one, which takes its place."""
    initializer = _initializer(fields(self))
    self.__class__.__init__ = initializer
    initializer(self, *arguments, **named)


def _initializer(members: tuple[Field[Any], ...]) -> Callable[..., None]:
    """An `__init__` that sets the members; its defaults are those of the fields.

    A field with `init=False` starts as its `default_factory` makes it; it is no part of what the instance equals.
    """
    names: dict[str, Any] = {"_set": object.__setattr__, "_missing": MISSING}
    parameters: list[str] = []
    lines: list[str] = []
    for member in members:
        name = member.name
        value = name
        if not member.init:
            names[f"_make_{name}"] = member.default_factory
            value = f"_make_{name}()"
        elif member.default is not MISSING:
            names[f"_default_{name}"] = member.default
            parameters.append(f"{name}=_default_{name}")
        elif member.default_factory is not MISSING:
            names[f"_make_{name}"] = member.default_factory
            parameters.append(f"{name}=_missing")
            value = f"_make_{name}() if {name} is _missing else {name}"
        else:
            parameters.append(name)
        lines.append(f" _set(self, {name!r}, {value})")
    exec(f"def __init__(self, {', '.join(parameters)}):\n" + "\n".join(lines or [" pass"]), names)  # noqa: S102
    initializer: Callable[..., None] = names["__init__"]
    return initializer


def _values(instance: Any) -> tuple[Any, ...]:
    return tuple([getattr(instance, name) for name in instance.__match_args__])


def _equal(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self is other or _values(self) == _values(other)


def _hash(self: Any) -> int:
    return hash(_values(self))


def _represent(self: Any) -> str:
    parts = (f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{self.__class__.__qualname__}({', '.join(parts)})"


def _refuse_to_set(self: object, name: str, value: object) -> NoReturn:  # noqa: ARG001 - Python's own signature
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> NoReturn:  # noqa: ARG001 - Python's own signature
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _restore(self: Any, state: tuple[Any, ...]) -> None:
    self.__init__(*state)


_SHARED: dict[str, Callable[..., Any]] = {
    "__delattr__": _refuse_to_delete,
    "__eq__": _equal,
    "__getstate__": _values,
    "__hash__": _hash,
    "__init__": _initialize,
    "__repr__": _represent,
    "__setattr__": _refuse_to_set,
    "__setstate__": _restore,
}
