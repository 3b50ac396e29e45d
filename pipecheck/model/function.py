"""Lambda functions and the signatures that their code needs.

https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html
"""

from __future__ import annotations

from pipecheck.values import Absent, Place, Value
from pipecheck.values.record import record


@record
class Function:
    """A function. `code_signing` is the ARN of what says which signatures its code needs; absent: none."""

    name: Value[str]
    role_arn: Value[str]
    code_signing: Value[str]
    place: Place


@record
class CodeSigning:
    """What happens to code without a trusted signature: `untrusted` is Warn or Enforce."""

    untrusted: Value[str]
    place: Place

    @property
    def name(self) -> Value[str]:
        """A code signing configuration has no name."""
        return Absent(self.place)
