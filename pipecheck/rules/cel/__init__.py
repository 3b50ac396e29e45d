"""A subset of CEL, the Common Expression Language, evaluated in three values over the model.

Text becomes tokens, tokens a tree, and the tree Python closures, once. Names, fields, types and regular expressions
are checked on the way, so that a mistake is an ExpressionError at its offset and never a surprise during a scan.
Language: https://github.com/google/cel-spec/blob/master/doc/langdef.md

What is unknown stays unknown, in strong Kleene logic. It departs from CEL in one thing: where CEL stops with an error
because something is not there, this answers. A value that is not written compares as the default that its service
documents; without one `==`, orderings and questions about texts are FALSE and `!=` is TRUE. An index outside a list
gives such a value too. A scan must not stop at a definition that merely leaves something out, and "not written" is
the commonest defect; a rule that must tell it from "different" asks `has()`.
"""

from pipecheck.rules.cel.errors import ExpressionError
from pipecheck.rules.cel.evidence import Decision, Evidence
from pipecheck.rules.cel.program import Condition, Path, Scope, compile_condition, compile_path
from pipecheck.rules.cel.template import Template, compile_template
from pipecheck.rules.cel.types import Function, function_of, object_type

__all__ = [
    "Condition",
    "Decision",
    "Evidence",
    "ExpressionError",
    "Function",
    "Path",
    "Scope",
    "Template",
    "compile_condition",
    "compile_path",
    "compile_template",
    "function_of",
    "object_type",
]
