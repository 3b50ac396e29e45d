"""Builds small models for tests: texts become known values, lists become closed collections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from pipecheck.model.bucket import Bucket, DefaultEncryption, LifecycleRule, PublicAccessBlock
from pipecheck.model.build_project import BuildEnvironment, BuildLogs, BuildProject, BuildSource
from pipecheck.model.conditions import NO_CONDITIONS, Conditions, Parameter, ParameterIs
from pipecheck.model.environment import EnvironmentVariable
from pipecheck.model.inventory import Inventory
from pipecheck.model.pipeline import (
    Action,
    ArtifactStore,
    OutputArtifact,
    Pipeline,
    Stage,
)
from pipecheck.model.policy import Policy, PolicyCondition, Principal, Statement
from pipecheck.model.role import Role
from pipecheck.model.settings import Settings
from pipecheck.model.stage_condition import ConditionRule, StageCondition
from pipecheck.model.subject import Subject, SubjectName
from pipecheck.values import (
    Absent,
    Default,
    Items,
    Known,
    Member,
    Place,
    Reason,
    Step,
    Truth,
    Unknown,
    Value,
)

T = TypeVar("T")
Text = str | Value[str]

HERE = Place("t.yaml", ())
NOWHERE: Absent = Absent(HERE)


def at(*route: str | int) -> Place:
    return Place("t.yaml", route)


def text(value: Text | None, place: Place = HERE) -> Value[str]:
    if value is None:
        return Absent(place)
    return Known(value, place) if isinstance(value, str) else value


def parameter(name: str, *, reason: Reason = Reason.PARAMETER_WITHOUT_DEFAULT, secret: bool = False) -> Unknown:
    """A parameter whose value is not given."""
    via = (*((Step("no-echo", name, HERE),) if secret else ()), Step("parameter", name, HERE))
    return Unknown(reason, f"the value of parameter {name} is not given", HERE, spelling=name, via=via)


def pseudo(name: str) -> Unknown:
    """A pseudo parameter, known only at deployment."""
    detail = f"{name} is known only at deployment"
    return Unknown(Reason.PSEUDO_PARAMETER, detail, HERE, spelling=name, token=True)


def default(name: str, value: str) -> Known[str]:
    """The default of a parameter."""
    return Known(value, HERE, (Step("parameter-default", name, at("Parameters", name)),))


def pieces(*parts: str | Unknown) -> Unknown:
    """A text of which only parts are known."""
    first = next(part for part in parts if isinstance(part, Unknown))
    return Unknown(first.reason, first.detail, HERE, pieces=parts)


def one_of(*options: str) -> Unknown:
    """A value that is one of some texts."""
    return Unknown(
        Reason.CONDITION_UNDECIDED, "it is not decided", HERE, tuple(Known(option, HERE) for option in options)
    )


def hidden(detail: str = "it cannot be seen") -> Unknown:
    return Unknown(Reason.TRANSFORM, detail, HERE)


def items(*values: T, unseen: Unknown | None = None, place: Place = HERE) -> Items[T]:
    return Items(tuple(value if isinstance(value, Member) else Member(value) for value in values), place, unseen)


def when(value: T, *literals: tuple[str, bool], present: Truth = Truth.UNKNOWN) -> Member[T]:
    """A member that is there only under conditions."""
    return Member(value, frozenset(literals), present)


def action(
    name: Text | None,
    kind: str = "Deploy/CloudFormation",
    run: int | Value[int] | None = None,
    *,
    inputs: Iterable[Text] = (),
    outputs: Iterable[Text] = (),
    role: Text | None = None,
    variables: Mapping[str, Text] | None = None,
    **configuration: Text | None,
) -> Action:
    """An action of AWS; `kind` is its category and provider."""
    category, _, provider = kind.partition("/")
    place = at("actions", name if isinstance(name, str) else "?")
    return Action(
        name=text(name, place.child("Name")),
        category=text(category, place),
        owner=text("AWS", place),
        provider=text(provider, place),
        version=text("1", place),
        run_order=Known(run, place.child("RunOrder")) if isinstance(run, int) else run or Absent(place),
        configuration=Settings(
            {
                key: text(value, place.child("Configuration", key))
                for key, value in configuration.items()
                if value is not None
            },
            place,
        ),
        commands=items(),
        environment_variables=items(*(variable(key, value) for key, value in (variables or {}).items())),
        buildspec=Absent(place),
        input_artifacts=items(*(text(value, place.child("InputArtifacts")) for value in inputs)),
        output_artifacts=items(
            *(OutputArtifact(text(value, place.child("OutputArtifacts")), items(), place) for value in outputs)
        ),
        output_variables=items(),
        role_arn=text(role, place),
        region=Absent(place),
        namespace=Absent(place),
        timeout_minutes=Absent(place),
        place=place,
    )


def approval(name: str = "Approve", run: int | Value[int] | None = None) -> Action:
    return action(name, "Approval/Manual", run)


def stage(
    name: Text | None,
    *actions: Action | Member[Action],
    unseen: Unknown | None = None,
    before_entry: Items[StageCondition] | None = None,
    on_failure: Items[StageCondition] | None = None,
) -> Stage:
    nothing: Items[StageCondition] = Items((), HERE)
    return Stage(
        name=text(name, at("stages", str(name))),
        actions=items(*actions, unseen=unseen),  # type: ignore[arg-type]
        before_entry=before_entry or nothing,
        on_success=nothing,
        on_failure=on_failure or nothing,
        failure_result=NOWHERE,
        retry_mode=NOWHERE,
        place=at("stages", str(name)),
    )


def entry(result: Text, *providers: Text) -> StageCondition:
    """A condition with one rule per provider."""
    return StageCondition(text(result), items(*(condition_rule(provider) for provider in providers)), HERE)


def condition_rule(provider: Text) -> ConditionRule:
    return ConditionRule(
        name=text("rule"),
        category=text("Rule"),
        owner=text("AWS"),
        provider=text(provider),
        version=text("1"),
        configuration=Settings({}, HERE),
        commands=items(),
        input_artifacts=items(),
        role_arn=NOWHERE,
        region=NOWHERE,
        timeout_minutes=NOWHERE,
        place=HERE,
    )


def pipeline(
    *stages: Stage | Member[Stage],
    name: Text | None = "shop",
    conditions: Conditions = NO_CONDITIONS,
    unseen: Unknown | None = None,
    role: Text | None = "arn:aws:iam::111122223333:role/pipeline",
    bucket: Text = "artifacts",
) -> Pipeline:
    place = at("Resources", "Pipeline")
    store = ArtifactStore(text("S3"), text(bucket), NOWHERE, NOWHERE, place.child("ArtifactStore"))
    return Pipeline(
        name=text(name, place.child("Name")),
        region=pseudo("AWS::Region"),
        account=pseudo("AWS::AccountId"),
        role_arn=text(role),
        type=Absent(place),
        execution_mode=Absent(place),
        artifact_stores=items(store),
        stages=items(*stages, unseen=unseen),  # type: ignore[arg-type]
        variables=items(),
        triggers=items(),
        disabled_transitions=items(),
        tags=items(),
        polling_disabled_at=Absent(place),
        conditions=conditions,
        place=place,
    )


def conditions(**equalities: tuple[str, str, tuple[str, ...], str | None]) -> Conditions:
    """Conditions of the form parameter = text: `IsProd=("Stage", "prod", ("dev", "prod"), "dev")`."""
    return Conditions(
        {name: Parameter(name, domain, assumed) for name, _, domain, assumed in equalities.values()},
        {condition: ParameterIs(name, wanted) for condition, (name, wanted, _, _) in equalities.items()},
    )


def variable(name: Text, value: Text | None, kind: Text | None = None) -> EnvironmentVariable:
    return EnvironmentVariable(text(name), text(value, at("variables", str(name))), text(kind), HERE)


def project(*variables: EnvironmentVariable, name: str = "build", buildspec: Text | None = None) -> BuildProject:
    place = at("Resources", "Project")
    nowhere: Absent = Absent(place)
    source = BuildSource(
        type=text("CODEPIPELINE"),
        location=nowhere,
        identifier=nowhere,
        buildspec=text(buildspec),
        auth_type=nowhere,
        auth_resource=nowhere,
        git_clone_depth=nowhere,
        fetch_submodules=nowhere,
        report_build_status=nowhere,
        insecure_ssl=nowhere,
        place=place,
    )
    environment = BuildEnvironment(
        type=nowhere,
        image=nowhere,
        compute_type=nowhere,
        privileged=nowhere,
        certificate=nowhere,
        image_pull_credentials=nowhere,
        registry_credential=nowhere,
        fleet=nowhere,
        place=place,
    )
    logs = BuildLogs(
        cloudwatch_status=nowhere,
        group=nowhere,
        stream=nowhere,
        s3_status=nowhere,
        s3_location=nowhere,
        s3_encryption_disabled=nowhere,
        place=place,
    )
    return BuildProject(
        name=text(name),
        service_role=nowhere,
        batch_role=nowhere,
        environment_variables=items(*variables),
        environment=environment,
        source=Known(source, place),
        secondary_sources=Items((), place),
        buildspec=nowhere,
        artifacts=nowhere,
        secondary_artifacts=Items((), place),
        logs=logs,
        cache=nowhere,
        network=nowhere,
        webhook=nowhere,
        batch=nowhere,
        file_systems=Items((), place),
        encryption_key=nowhere,
        resource_access_role=nowhere,
        visibility=nowhere,
        timeout_minutes=nowhere,
        queued_timeout_minutes=nowhere,
        concurrent_builds=nowhere,
        automatic_retries=nowhere,
        badge=nowhere,
        place=place,
    )


def demand(operator: Text, key: Text, *values: Text) -> PolicyCondition:
    place = at("statement", "Condition")
    return PolicyCondition(text(operator), text(key), items(*(text(value) for value in values)), place)


def principal(kind: Text, *ids: Text) -> tuple[Principal, ...]:
    place = at("statement", "Principal")
    return tuple(Principal(text(kind), text(value, place.child(str(value))), place) for value in ids)


def statement(
    action: Iterable[Text] = (),
    resource: Iterable[Text] = ("*",),
    *,
    effect: Text = "Allow",
    not_action: Iterable[Text] = (),
    not_resource: Iterable[Text] = (),
    principals: Iterable[Principal] = (),
    not_principals: Iterable[Principal] = (),
    conditions: Iterable[PolicyCondition] = (),
    unseen_conditions: Unknown | None = None,
) -> Statement:
    place = at("statement")
    return Statement(
        sid=Absent(place),
        effect=text(effect),
        principals=items(*principals),
        not_principals=items(*not_principals),
        actions=items(*(text(value, place.child("Action", str(value))) for value in action)),
        not_actions=items(*(text(value, place.child("NotAction", str(value))) for value in not_action)),
        resources=items(*(text(value) for value in resource)),
        not_resources=items(*(text(value) for value in not_resource)),
        conditions=items(*conditions, unseen=unseen_conditions),
        place=place,
    )


def role(
    *statements: Statement,
    managed: Iterable[Text] = (),
    boundary: Text | None = None,
    name: Text | None = "pipeline",
    trust: Iterable[Statement] = (),
    unseen: Unknown | None = None,
) -> Role:
    place = at("Resources", "Role")
    policy = Policy(text("policy"), items(*statements, unseen=unseen), place.child("Policies", 0))
    return Role(
        name=text(name),
        path=Absent(place),
        trust=items(*trust),
        policies=items(policy),
        managed_policy_arns=items(*(text(value, place.child("ManagedPolicyArns", str(value))) for value in managed)),
        permissions_boundary=text(boundary),
        max_session_duration=Absent(place),
        place=place,
    )


def lifecycle(
    status: Text = "Enabled",
    prefix: Text | None = None,
    *,
    expires: int | None = None,
    noncurrent: int | None = None,
    kept: int | None = None,
    aborts: int | None = None,
    date: str | None = None,
    narrowed: bool = False,
) -> LifecycleRule:
    place = at("rule")

    def days(number: int | None, key: str) -> Value[int]:
        return Absent(place) if number is None else Known(number, place.child(key))

    return LifecycleRule(
        id=Absent(place),
        status=text(status, place.child("Status")),
        prefix=text(prefix, place.child("Prefix")),
        filtered_otherwise=Known(narrowed, place),
        expiration_days=days(expires, "ExpirationInDays"),
        expiration_date=text(date, place.child("ExpirationDate")),
        noncurrent_days=days(noncurrent, "NoncurrentDays"),
        noncurrent_kept=days(kept, "NewerNoncurrentVersions"),
        abort_multipart_days=days(aborts, "DaysAfterInitiation"),
        transitions=items(),
        noncurrent_transitions=items(),
        place=place,
    )


def bucket(
    *rules: LifecycleRule | Member[LifecycleRule],
    name: Text | None = "artifacts",
    versioning: Text | None = None,
    unseen: Unknown | None = None,
) -> Bucket:
    place = at("Resources", "Artifacts")
    found: Items[LifecycleRule] = items(*rules, unseen=unseen, place=place)  # type: ignore[arg-type]
    blocked = Absent(
        place, Default(True, "https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html")
    )
    return Bucket(
        name=text(name),
        region=pseudo("AWS::Region"),
        lifecycle_rules=found,
        versioning=text(versioning),
        encryption=DefaultEncryption(Absent(place), Absent(place), Absent(place), place),
        public_access_block=PublicAccessBlock(blocked, blocked, blocked, blocked, place),
        logging=Absent(place),
        ownership=Absent(place),
        acl=Absent(place),
        place=place,
    )


def inventory(
    *pipelines: Pipeline | Member[Pipeline],
    roles: Iterable[Role] = (),
    buckets: Iterable[Bucket] = (),
    projects: Iterable[BuildProject] = (),
) -> Inventory:
    return Inventory(
        inputs=(),
        resources={
            Pipeline: items(*pipelines),
            Role: items(*roles),
            Bucket: items(*buckets),
            BuildProject: items(*projects),
        },
    )


def subject(kind: str, value: object, world: Inventory | None = None, **bindings: object) -> Subject:
    place: Place = value.place  # type: ignore[attr-defined]
    return Subject(
        kind, value, {kind: value, **bindings}, SubjectName(kind, "here"), (kind,), place, world or inventory()
    )
