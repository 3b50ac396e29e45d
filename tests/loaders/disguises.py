"""Random resources, and the same resources written in other ways: through parameters, mappings, conditions, files."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from random import Random
from typing import TypeAlias

from pipecheck.syntax.document import Tagged
from tests.syntax.rendering import JsonWriter, Written, YamlWriter

Tree: TypeAlias = object

_WORDS = ("app", "web-shop", "prod", "a/b.c", "é ü", "x:y", "1", "007", "true", "", 'say "hi"', "it's", "{a}", "#1")
_TEXTS = (
    *_WORDS,
    "one\ntwo",
    "${Plain}",
    "make ${Plain} it",
    "arn:aws:s3:::bucket/*",
    "a, b",
    "&x",
    "*",
    "- x",
    "{{a}}",
    "trail ",
    "%",
)
_PROVIDERS = (
    ("Source", "AWS", "CodeCommit"),
    ("Build", "AWS", "CodeBuild"),
    ("Approval", "AWS", "Manual"),
    ("Deploy", "AWS", "CloudFormation"),
)
_BUILDSPEC = "version: 0.2\nphases:\n  build:\n    commands:\n      - make ${WHAT}\n      - echo 'done'\n"


class Resources:
    """Random resources without functions."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def text(self) -> str:
        return self.random.choice(_TEXTS)

    def name(self) -> str:
        return self.random.choice(("Source", "Build", "Deploy-Prod", "Approve", "x"))

    def maybe(self, mapping: dict[str, Tree]) -> dict[str, Tree]:
        return {key: value for key, value in mapping.items() if self.random.random() < 0.6}

    def all(self) -> dict[str, Tree]:
        return {
            "Pipeline": {"Type": "AWS::CodePipeline::Pipeline", "Properties": self.pipeline()},
            "Role": {"Type": "AWS::IAM::Role", "Properties": self.role()},
            "Project": {"Type": "AWS::CodeBuild::Project", "Properties": self.project()},
            "Bucket": {"Type": "AWS::S3::Bucket", "Properties": self.maybe({"BucketName": self.text()})},
        }

    def pipeline(self) -> dict[str, Tree]:
        random = self.random
        store: Tree = {
            "Type": "S3",
            "Location": self.text(),
            **self.maybe({"EncryptionKey": {"Id": self.text(), "Type": "KMS"}}),
        }
        return {
            "Stages": [self.stage() for _ in range(random.randrange(4))],
            **self.maybe(
                {
                    "Name": self.text(),
                    "RoleArn": self.text(),
                    "PipelineType": random.choice(("V1", "V2")),
                    "ExecutionMode": random.choice(("QUEUED", "SUPERSEDED")),
                    "ArtifactStore": store,
                    "Variables": [{"Name": self.name(), **self.maybe({"DefaultValue": self.text()})}],
                    "Tags": [{"Key": self.text(), "Value": self.text()}],
                    "DisableInboundStageTransitions": [{"StageName": self.name(), "Reason": self.text()}],
                }
            ),
        }

    def stage(self) -> Tree:
        return {"Name": self.name(), "Actions": [self.action() for _ in range(self.random.randrange(3))]}

    def action(self) -> Tree:
        category, owner, provider = self.random.choice(_PROVIDERS)
        kind = {"Category": category, "Owner": owner, "Provider": provider, "Version": "1"}
        configuration = {
            key: self.text() for key in ("ProjectName", "ActionMode", "Branch") if self.random.random() < 0.5
        }
        return {
            "Name": self.name(),
            "ActionTypeId": kind,
            **self.maybe(
                {
                    "Configuration": configuration,
                    "RunOrder": self.random.randrange(1, 5),
                    "RoleArn": self.text(),
                    "Region": "eu-west-1",
                    "InputArtifacts": [{"Name": self.name()}],
                    "OutputArtifacts": [{"Name": self.name()}],
                }
            ),
        }

    def role(self) -> dict[str, Tree]:
        statement = {
            "Effect": self.random.choice(("Allow", "Deny")),
            "Action": self.random.choice(("s3:*", ["s3:Get*", "kms:Decrypt"])),
            "Resource": [self.text(), "*"],
            **self.maybe(
                {"Condition": {"StringEquals": {"aws:SourceAccount": self.text()}, "Bool": {"a:b": "true"}}}
            ),
        }
        policy = {"PolicyName": self.name(), "PolicyDocument": {"Version": "2012-10-17", "Statement": [statement]}}
        return self.maybe(
            {"RoleName": self.name(), "Policies": [policy], "ManagedPolicyArns": ["arn:aws:iam::aws:p"]}
        )

    def project(self) -> dict[str, Tree]:
        variables = [{"Name": self.name(), "Value": self.text(), "Type": "PLAINTEXT"}]
        environment: Tree = {
            "Image": self.text(),
            **self.maybe({"PrivilegedMode": self.random.random() < 0.5, "EnvironmentVariables": variables}),
        }
        source: Tree = {"Type": "CODEPIPELINE", **self.maybe({"BuildSpec": _BUILDSPEC})}
        return {"Environment": environment, "Source": source, **self.maybe({"TimeoutInMinutes": 30})}


@dataclass
class Disguised:
    """A template that means the same as some plain resources, and what it needs beside it."""

    template: dict[str, Tree]
    parent: dict[str, Tree]
    exporting: dict[str, Tree]
    parameters: dict[str, str]
    files: dict[str, Tree]


@dataclass
class Disguise:
    """Writes values through functions. What it needs for that is collected in the sections."""

    random: Random
    parameters: dict[str, Tree] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)
    from_parent: dict[str, Tree] = field(default_factory=dict)
    mappings: dict[str, dict[str, dict[str, Tree]]] = field(default_factory=dict)
    exports: dict[str, Tree] = field(default_factory=dict)
    files: dict[str, Tree] = field(default_factory=dict)
    count: int = 0

    def resources(self, plain: dict[str, Tree]) -> Disguised:
        resources: dict[str, Tree] = {}
        for logical_id, body in plain.items():
            assert isinstance(body, dict)
            made = {**body, "Properties": self.properties(body["Properties"])}
            resources.update(self.resource(logical_id, made))
        template: dict[str, Tree] = {
            "Transform": "AWS::LanguageExtensions",
            "Conditions": {
                "Always": {"Fn::Equals": ["a", "a"]},
                "Never": {"Fn::Not": [{"Condition": "Always"}]},
                "Given": {"Fn::And": [{"Condition": "Always"}, {"Fn::Equals": [{"Ref": "Flag"}, "on"]}]},
            },
            "Parameters": {"Flag": {"Type": "String", "Default": "off"}, **self.parameters},
            "Mappings": self.mappings or {"M": {"a": {"b": "c"}}},
            "Resources": {"Below": _stack("./exports.yaml"), **resources},
        }
        return Disguised(
            template,
            {"Resources": {"Nested": _stack("./child.yaml", self.from_parent)}},
            {"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}, "Outputs": self.exports},
            {"Flag": "on", **self.given},
            self.files,
        )

    def resource(self, logical_id: str, body: dict[str, Tree]) -> dict[str, Tree]:
        match self.random.randrange(6):
            case 0:
                return {"Fn::ForEach::" + logical_id: ["LoopName", [logical_id], {"${LoopName}": body}]}
            case 1:
                return {logical_id: {**body, "Condition": "Given"}}
            case _:
                return {logical_id: body}

    def properties(self, plain: Tree) -> Tree:
        made = self.value(plain, 3)
        if self.random.random() < 0.2 and isinstance(made, dict):
            name = f"{self.fresh()}.yaml"
            self.files[name] = made
            return {"Fn::Transform": {"Name": "AWS::Include", "Parameters": {"Location": name}}}
        return made

    def fresh(self) -> str:
        self.count += 1
        return f"N{self.count}"

    def value(self, plain: Tree, depth: int) -> Tree:
        if self.random.random() < 0.1:
            return self.conditional(self.value(plain, depth), self.random.choice(("other", {"Name": "other"}, ["x"])))
        match plain:
            case dict():
                made = {key: self.value(value, depth) for key, value in plain.items()}
                if len(made) > 1 and self.random.random() < 0.1:
                    made["NotThere"] = {"Ref": "AWS::NoValue"}
                return made
            case list():
                return self.elements(plain, depth)
            case str():
                return self.text(plain, depth)
            case bool() | int() if self.random.random() < 0.4:
                return self.text(json.dumps(plain), depth)
            case _:
                return plain

    def elements(self, plain: list[Tree], depth: int) -> Tree:
        if plain and all(isinstance(one, str) and one and "," not in one and one == one.strip() for one in plain):
            texts = [str(one) for one in plain]
            match self.random.randrange(6):
                case 0:
                    return self.parameter(", ".join(texts), "CommaDelimitedList")
                case 1 if not any("|" in text for text in texts):
                    return {"Fn::Split": ["|", self.text("|".join(texts), depth)]}
                case 2:
                    return self.looked_up(texts)
                case _:
                    pass
        made: list[Tree] = []
        for one in plain:
            if self.random.random() < 0.1:
                made.append({"Ref": "AWS::NoValue"})
            element = self.value(one, depth)
            optional = self.random.random() < 0.15
            made.append(self.conditional(element, {"Ref": "AWS::NoValue"}) if optional else element)
        return made

    def conditional(self, taken: Tree, other: Tree) -> Tree:
        if self.random.random() < 0.5:
            return {"Fn::If": [self.random.choice(("Always", "Given")), taken, other]}
        return {"Fn::If": ["Never", other, taken]}

    def text(self, plain: str, depth: int) -> Tree:
        if depth == 0 or self.random.random() < 0.35:
            return plain
        flat = (self.parameter, self.looked_up, self.substituted)
        nesting = (self.given_names, self.joined, self.selected, self.cut, self.imported, self.returned, self.taken)
        index = self.random.randrange(len(flat) + len(nesting))
        return flat[index](plain) if index < len(flat) else nesting[index - len(flat)](plain, depth - 1)

    def parameter(self, plain: str, kind: str = "String") -> Tree:
        name = self.fresh()
        body: dict[str, Tree] = {"Type": kind, "Default": self.random.choice((plain, "something else"))}
        if body["Default"] != plain or self.random.random() < 0.3:
            if self.random.random() < 0.5:
                self.given[name] = plain
            else:
                self.from_parent[name] = plain
        self.parameters[name] = body
        return {"Ref": name}

    def looked_up(self, plain: str | list[str]) -> Tree:
        mapping, key, below = self.fresh(), "top-1", "below"
        self.mappings[mapping] = {key: {below: plain}, "else": {below: "other"}}
        keys = (self.text(key, 1), self.text(below, 1))
        absent = self.random.random() < 0.2
        return {"Fn::FindInMap": [mapping, *keys, *([{"DefaultValue": "no"}] if absent else [])]}

    def substituted(self, plain: str) -> Tree:
        start, end = self.positions(plain)
        reference = self.parameter(plain[start:end])
        assert isinstance(reference, dict)
        return {"Fn::Sub": f"{_escaped(plain[:start])}${{{reference['Ref']}}}{_escaped(plain[end:])}"}

    def given_names(self, plain: str, depth: int) -> Tree:
        start, end = self.positions(plain)
        text = f"{_escaped(plain[:start])}${{ It }}{_escaped(plain[end:])}".replace("${ It }", "${It}")
        return {"Fn::Sub": [text, {"It": self.text(plain[start:end], depth)}]}

    def joined(self, plain: str, depth: int) -> Tree:
        separator = self.random.choice(["", *([] if "${" in plain else sorted(set(plain)))])
        start, end = self.positions(plain)
        parts = plain.split(separator) if separator else [plain[:start], plain[start:end], plain[end:]]
        made = [self.text(part, depth) for part in parts]
        if self.random.random() < 0.2:
            made.insert(0, self.conditional({"Ref": "AWS::NoValue"}, "other"))
        return {"Fn::Join": [separator, made]}

    def selected(self, plain: str, depth: int) -> Tree:
        before = self.random.randrange(3)
        return {
            "Fn::Select": [self.random.choice((before, str(before))), [*["x"] * before, self.text(plain, depth), "y"]]
        }

    def cut(self, plain: str, depth: int) -> Tree:
        if "|" in plain:
            return plain
        return {"Fn::Select": [1, {"Fn::Split": ["|", self.text(f"x|{plain}|y", depth)]}]}

    def imported(self, plain: str, depth: int) -> Tree:
        name = self.fresh()
        self.exports[name] = {"Value": plain, "Export": {"Name": f"the-{name}"}}
        return {"Fn::ImportValue": self.text(f"the-{name}", depth)}

    def taken(self, plain: str, depth: int) -> Tree:
        return self.conditional(self.text(plain, depth), "other")

    def returned(self, plain: str, depth: int) -> Tree:
        name = self.fresh()
        self.exports[name] = {"Value": plain}
        return {"Fn::GetAtt": ["Below", self.text(f"Outputs.{name}", depth)]}

    def positions(self, plain: str) -> tuple[int, int]:
        """Where to cut a part out of a text: anywhere but inside of what looks like a placeholder."""
        allowed = [
            at
            for at in range(len(plain) + 1)
            if "${" not in plain[:at].rpartition("}")[2] and plain[at - 1 : at + 1] != "${"
        ]
        start, end = sorted((self.random.choice(allowed), self.random.choice(allowed)))
        return start, end


def _stack(template: str, parameters: Tree = None) -> Tree:
    properties = {"TemplateURL": template, "Parameters": parameters or {}}
    return {"Type": "AWS::CloudFormation::Stack", "Properties": properties}


def _escaped(text: str) -> str:
    return text.replace("${", "${!")


class _NoAnchors(list[tuple[str, object]]):
    """Remembers none: where the writer uses an alias, it writes another value than it was given."""

    def append(self, anchor: tuple[str, object], /) -> None:
        pass


def written(tree: Tree, random: Random) -> str:
    """A tree as a text: JSON, or YAML with functions in their long or short form."""
    if random.random() < 0.3:
        return JsonWriter(random).document(tree).text
    writer = YamlWriter(random)
    writer.anchors = _NoAnchors()
    return writer.document(_shortened(tree, random)).text


def _shortened(tree: Tree, random: Random) -> Tree:
    if isinstance(tree, list):
        return [_shortened(one, random) for one in tree]
    if isinstance(tree, bool | int):
        return Written(json.dumps(tree), tree)
    if not isinstance(tree, dict):
        return tree
    if len(tree) == 1:
        [(key, argument)] = tree.items()
        name = str(key).removeprefix("Fn::")
        is_function = key != name or key == "Ref"
        is_call = (
            isinstance(argument, dict) and len(argument) == 1 and str(next(iter(argument))).startswith(("Fn:", "Ref"))
        )
        if is_function and not key.startswith("Fn::ForEach") and not is_call and random.random() < 0.5:
            if name == "GetAtt" and isinstance(argument, list) and all(isinstance(one, str) for one in argument):
                argument = ".".join(argument)
            return Tagged(f"!{name}", _shortened(argument, random))
    return {key: _shortened(value, random) for key, value in tree.items()}
