"""What the user's configuration says of environments, and how its globs meet names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import translate

from pipecheck.analysis.labels import logical_id
from pipecheck.model.pipeline import Pipeline
from pipecheck.values import Known, Truth, Value, text
from pipecheck.values.record import record


@record
class NamedEnvironment:
    """An environment that the configuration describes: all that is given must match, each by one of its globs.

    `name` is what messages call it; `production` says whether it is production. `tags` are pairs of a key and a glob
    of its value. Empty means that nothing is asked of it.
    """

    name: str
    production: bool
    accounts: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    stacks: tuple[str, ...] = ()
    clusters: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    pipelines: tuple[str, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()


@record
class ProductionSettings:
    """The environments that the configuration names. Globs (`*`, `?`, `[…]`) match whole names, in any case.

    Everything is a tuple of texts; empty means that the configuration says nothing of it.
    """

    names: tuple[str, ...] = ()
    """Further names of production: of stacks and other targets, roles, stages and actions. A name without a
    wildcard also matches as whole words inside a name: `blue` and `shop-blue`."""

    accounts: tuple[str, ...] = ()
    """Ids of the production accounts. Once some are named, a target in any other account is not production."""

    stacks: tuple[str, ...] = ()
    """Stacks and stack sets that are production."""

    pipelines: tuple[str, ...] = ()
    """Pipelines of which every deployment is production; by name, or by logical id where they have none."""

    not_production_names: tuple[str, ...] = ()
    """Further names of environments that are not production; they match like `names`."""

    not_production_pipelines: tuple[str, ...] = ()
    """Pipelines that never reach production."""

    continuous_deployment: tuple[str, ...] = ()
    """Pipelines that deploy to production without an approval on purpose."""

    environments: tuple[NamedEnvironment, ...] = ()
    """Described environments; the first that matches an action decides."""


def production_settings(params: Mapping[str, object]) -> ProductionSettings:
    """The settings that a check was called with; empty ones where it was called without."""
    settings = params.get("production")
    return settings if isinstance(settings, ProductionSettings) else ProductionSettings()


def is_one_of(value: Value[str], globs: Iterable[str]) -> Truth:
    """Whether a name matches one of the globs, in any case; UNKNOWN where it may. An absent name matches none."""
    patterns = "|".join(translate(glob) for glob in globs)
    return text.matches(value, rf"(?i)\A(?:{patterns})") if patterns else Truth.FALSE


def is_pipeline(pipeline: Pipeline, globs: tuple[str, ...]) -> Truth:
    """Whether a pipeline is meant by one of the globs: by its name, or by the logical id it stands under."""
    by_id = is_one_of(Known(logical_id(pipeline.place), pipeline.place), globs)
    return is_one_of(pipeline.name, globs) | by_id
