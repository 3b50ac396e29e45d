"""Begin a rule: a file that is whole, passes its own tests and waits to be changed."""

from __future__ import annotations

import re
from pathlib import Path

from pipecheck.errors import UsageError

_TEXT = """\
id: {id}
title: Pipeline has no tag "owner"
severity: medium                       # critical | high | medium | low | info
subject: pipeline                      # what the rule is called on; see docs/writing-rules.md
require: pipeline.tags.exists(tag, tag.key == "owner")
message: "pipeline {{pipeline.name|'without a name'}} has no tag \\"owner\\""
rationale: |
  Say why it matters: what happens to whom where this is not so.
remediation: |
  Say what to change:

      Tags: [{{Key: owner, Value: the-team}}]
examples:                              # `pipecheck rules test` runs them; each verdict needs one
  - case: the tag is there
    verdict: pass
    cloudformation: |
      Resources:
        Pipeline:
          Type: AWS::CodePipeline::Pipeline
          Properties:
            Name: shop
            Tags: [{{Key: owner, Value: payments}}]
  - case: another tag
    verdict: fail
    cloudformation: |
      Resources:
        Pipeline:
          Type: AWS::CodePipeline::Pipeline
          Properties:
            Name: shop
            Tags:
              - {{Key: project, Value: shop}}  # <- finding
  - case: the key of the tag is a parameter
    verdict: unknown
    cloudformation: |
      Parameters:
        TagKey: {{Type: String}}
      Resources:
        Pipeline:
          Type: AWS::CodePipeline::Pipeline
          Properties:
            Name: shop
            Tags:
              - {{Key: !Ref TagKey, Value: payments}}  # <- finding
"""
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")


def write_rule(id: str, folder: Path) -> Path:
    """Writes `<id>.yaml` into the folder, which is made where it is missing, and returns its path.

    Raises UsageError for what is no id, where the file exists, and where it cannot be written.
    """
    if _ID.fullmatch(id) is None:
        raise UsageError(f"{id!r} is no id of a rule", help=("write at least two words like-this",))
    file = folder / f"{id}.yaml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as stream:
            stream.write(_TEXT.format(id=id))
    except FileExistsError:
        raise UsageError("is already there, and is left as it is", source=str(file)) from None
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror or error}", source=str(file)) from None
    return file
