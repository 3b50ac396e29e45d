"""Whether a pipeline reaches production at all."""

from __future__ import annotations

from collections.abc import Iterator

from pipecheck.analysis.answer import Answer, all_hold, any_holds, undecided
from pipecheck.analysis.effects import effects
from pipecheck.analysis.environments import ProductionSettings
from pipecheck.analysis.production import environment
from pipecheck.model.pipeline import Pipeline


def reaches_production(pipeline: Pipeline, settings: ProductionSettings) -> Answer:
    """TRUE where an action certainly deploys to production; UNKNOWN where one may, or where actions are hidden."""
    answer = any_holds(_answers(pipeline, settings))
    return answer.about("whether the pipeline reaches production is not known")


def _answers(pipeline: Pipeline, settings: ProductionSettings) -> Iterator[Answer]:
    for effect in effects(pipeline):
        where = environment(effect.position, pipeline, settings)
        yield all_hold([effect.certain, Answer(where.production, where.cause, where.assumptions)])
    for unseen in (pipeline.stages.open, *(stage.value.actions.open for stage in pipeline.stages.members)):
        if unseen is not None:
            yield undecided(unseen)
