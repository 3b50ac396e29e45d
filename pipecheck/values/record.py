"""Frozen data classes that cost little to define.

`dataclasses.dataclass(frozen=True, slots=True)` compiles eight functions for each class, half a millisecond every
time a process starts; over a hundred classes would be most of the time of a scan of one template. A record compiles
its `__init__` alone, when the first instance is made, makes its `Field`s when somebody asks for them, and shares the
rest. In every other way it is a dataclass: `fields`, `replace` and `match` work. A record is no base of another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field
from functools import partial
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, eq_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """The class as a frozen dataclass with slots: equal by its fields, and hashable where they are."""
    annotations = cls.__annotations__
    members = dict(cls.__dict__)
    defaults = {name: members.pop(name) for name in annotations if name in members}
    for name in ("__dict__", "__weakref__"):
        members.pop(name, None)
    members["__annotations__"] = annotations
    members["__slots__"] = tuple(annotations)
    members["__match_args__"] = tuple([name for name in annotations if _in_init(defaults.get(name))])
    members["__record_defaults__"] = defaults
    members["__record_values__"] = _reader(members["__match_args__"])
    kind: Any = type(cls)
    made = kind(cls.__name__, cls.__bases__, {**_SHARED, **members})
    made.__qualname__ = cls.__qualname__
    result: type[T] = made
    return result


def replace(instance: T, **changes: Any) -> T:
    """A copy of a record with other values of some members, as `dataclasses.replace` makes it.

    That one would make the `Field`s of the class first, and look at each of them every time.
    """
    kind: Any = instance
    names = kind.__match_args__
    made: T = kind.__class__(**{**dict(zip(names, kind.__record_values__(instance), strict=True)), **changes})
    return made


def _reader(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """What reads the members of these names off an instance; it is no method, so nothing is bound to it."""
    if len(names) > 1:
        return attrgetter(*names)
    return partial(_each, names)


def _each(names: tuple[str, ...], instance: object) -> tuple[Any, ...]:
    return tuple([getattr(instance, name) for name in names])


def _in_init(default: object) -> bool:
    return not isinstance(default, Field) or default.init


class _Fields:
    """The `__dataclass_fields__` of a record until somebody asks for them."""

    def __get__(self, _: object, owner: Any) -> dict[str, Field[Any]]:
        """The fields, which from now on stand in the class."""
        members = {name: getattr(owner, name) for name in ("__annotations__", "__doc__", "__module__")}
        plain: Any = type(owner.__name__, (), {**members, **owner.__record_defaults__})
        found: dict[str, Field[Any]] = dataclass(init=False, repr=False, eq=False)(plain).__dataclass_fields__
        owner.__dataclass_fields__ = found
        return found


def _initialize(self: Any, *arguments: Any, **named: Any) -> None:
    """The first `__init__` of a class: makes the real one, which takes its place."""
    cls = self.__class__
    setters = {name: getattr(cls, name).__set__ for name in cls.__slots__}
    cls.__init__ = _initializer(setters, cls.__record_defaults__)
    self.__init__(*arguments, **named)


def _initializer(setters: Mapping[str, Callable[..., None]], defaults: Mapping[str, object]) -> Callable[..., None]:
    """An `__init__` that sets the members, each with its setter.

    A field with `init=False` starts as its `default_factory` makes it; it is no part of what the instance equals.
    """
    names: dict[str, Any] = {"_missing": MISSING}
    parameters: list[str] = []
    lines: list[str] = []
    for name, setter in setters.items():
        names[f"_set_{name}"] = setter
        value = name
        given = defaults.get(name, MISSING)
        default = given.default if isinstance(given, Field) else given
        if isinstance(given, Field) and given.default_factory is not MISSING:
            names[f"_make_{name}"] = given.default_factory
            value = f"_make_{name}()"
            if given.init:
                parameters.append(f"{name}=_missing")
                value += f" if {name} is _missing else {name}"
        elif default is MISSING:
            parameters.append(name)
        else:
            names[f"_default_{name}"] = default
            parameters.append(f"{name}=_default_{name}")
        lines.append(f" _set_{name}(self, {value})")
    exec(f"def __init__(self, {', '.join(parameters)}):\n" + "\n".join(lines or [" pass"]), names)  # noqa: S102
    initializer: Callable[..., None] = names["__init__"]
    return initializer


def _values(instance: Any) -> tuple[Any, ...]:
    made: tuple[Any, ...] = instance.__record_values__(instance)
    return made


def _equal(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self is other or self.__record_values__(self) == other.__record_values__(other)


def _hash(self: Any) -> int:
    return hash(self.__record_values__(self))


def _represent(self: Any) -> str:
    parts = (f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{self.__class__.__qualname__}({', '.join(parts)})"


def _refuse_to_set(self: object, name: str, value: object) -> NoReturn:  # noqa: ARG001 - Python's own signature
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> NoReturn:  # noqa: ARG001 - Python's own signature
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _restore(self: Any, state: tuple[Any, ...]) -> None:
    self.__init__(*state)


_SHARED: dict[str, Any] = {
    "__dataclass_fields__": _Fields(),
    "__delattr__": _refuse_to_delete,
    "__eq__": _equal,
    "__getstate__": _values,
    "__hash__": _hash,
    "__init__": _initialize,
    "__repr__": _represent,
    "__setattr__": _refuse_to_set,
    "__setstate__": _restore,
}
