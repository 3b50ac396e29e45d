"""Where AWS credentials are written out: in variables, commands and settings.

A value that comes from elsewhere (a parameter without a default, another resource, the run of the pipeline) is not
written out, and so it is not one of them, except in a variable that AWS's own programs take credentials from.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipecheck.analysis.answer import NO, Answer, all_hold, any_holds, told, undecided
from pipecheck.analysis.aws_literals import is_written_out, written_credentials
from pipecheck.analysis.secrets import Way, is_plaintext, way_of
from pipecheck.data.secret_words import AWS_CREDENTIALS
from pipecheck.model.environment import EnvironmentVariable
from pipecheck.values import Absent, Known, Place, Reason, Truth, Unknown, Value, agreed, ask, truth
from pipecheck.values.record import record

FROM_ELSEWHERE = frozenset(
    {
        Reason.DYNAMIC_REFERENCE,
        Reason.GENERATED_NAME,
        Reason.IMPORTED_VALUE,
        Reason.INVALID_VALUE,
        Reason.NOT_SCANNED,
        Reason.PARAMETER_WITHOUT_DEFAULT,
        Reason.PSEUDO_PARAMETER,
        Reason.RESOURCE_ATTRIBUTE,
        Reason.RUNTIME_VARIABLE,
    }
)


@record
class Written:
    """Whether a credential is written out, and where."""

    answer: Answer
    place: Place


def is_aws_credential(variable: EnvironmentVariable, way: Way) -> bool:
    """Whether a variable is one that AWS's programs take credentials from, and its value is written as such."""
    named = isinstance(variable.name, Known) and variable.name.value in AWS_CREDENTIALS
    return (named and way is Way.LITERAL) or in_variable(variable).truth is Truth.TRUE


def in_variable(variable: EnvironmentVariable) -> Answer:
    """Whether a variable holds an AWS credential in clear that is written out, be it as a parameter's default."""
    clear = is_plaintext(variable)
    if clear.truth is Truth.FALSE:
        return NO
    named = told(ask(variable.name, lambda name: name in AWS_CREDENTIALS), variable.name)
    return all_hold([clear, any_holds([all_hold([named, _literal(variable.value)]), in_text(variable.value).answer])])


def in_named(name: str, value: Value[str]) -> Answer:
    """The same of a plain variable of a build specification."""
    return any_holds([_literal(value) if name in AWS_CREDENTIALS else NO, in_text(value).answer])


def _literal(value: Value[str]) -> Answer:
    match value:
        case Absent():
            return NO
        case Known(text) if text and not text.strip("*"):
            return undecided(Unknown(Reason.NOT_RETURNED, "the value is masked in the input", value.place))
        case Known(text, via=via):
            default = next((step for step in via if step.kind == "parameter-default"), None)
            if default is None:
                return told(truth(is_written_out(text)), value)
            if text.strip():
                return told(Truth.TRUE, value)
            detail = f"parameter {default.name} is empty unless it is given"
            return undecided(Unknown(Reason.DEFAULT_NOT_ASSUMED, detail, value.place, via=via))
        case Unknown(candidates=candidates) if candidates:
            return told(agreed(_literal(candidate).truth for candidate in candidates), value)
        case Unknown():
            return NO if way_of(value) is not Way.LITERAL else undecided(value)


def in_text(value: Value[str]) -> Written:
    """Whether the known parts of a text write a credential out; the place is the line of the first one."""
    found = next(_written(value), None)
    if found is not None:
        return Written(told(Truth.TRUE, value), found)
    if isinstance(value, Unknown) and not value.pieces and value.reason not in FROM_ELSEWHERE:
        answers = {in_text(candidate).answer.truth for candidate in value.candidates}
        return Written(NO if answers == {Truth.FALSE} else undecided(value), value.place)
    return Written(NO, value.place)


def in_command(command: Value[str]) -> Written:
    """The same of a command; one that is no text, such as `echo key: value` without quotes, may still hold one."""
    if isinstance(command, Unknown) and command.reason is Reason.INVALID_VALUE and not command.pieces:
        return Written(undecided(command), command.place)
    return in_text(command)


def _written(value: Value[str]) -> Iterator[Place]:
    text = _marked(value)
    for credential in written_credentials(text):
        yield value.place.below(credential.line)


def _marked(value: Value[str]) -> str:
    match value:
        case Known(text):
            return text
        case Absent():
            return ""
        case Unknown(pieces=pieces):
            return "".join(piece if isinstance(piece, str) else "\ue000" for piece in pieces)
