"""Fetches the pipelines of an account and everything that they rest on, each resource once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatchcase
from functools import partial
from typing import Any, TypeGuard

from pipecheck.aws.caller import Caller, Failure
from pipecheck.aws.failures import FINAL, Unavailable
from pipecheck.aws.folder import Folder
from pipecheck.aws.needs import Home, Need, needs_of_deployment_group, needs_of_pipeline, needs_of_project
from pipecheck.aws.steps import EVENT_RULE_STEPS, KEY_STEPS, REPOSITORY_STEPS, STEPS, TRAIL_STEPS, Step
from pipecheck.data.partitions import partition_of
from pipecheck.model.snapshot import GLOBAL, MISSING, ResourceId, unavailable, why_unavailable

_CHUNK = 100
"""BatchGetProjects, BatchGetDeploymentGroups, DescribeRepositories and DescribeAlarms take 100 names each."""

_LISTING = "-list"
"""What is added to a type for the file that names its resources, or says why there may be more."""

_BATCHED = {
    "codebuild/project": "_projects",
    "ecr/repository": "_repositories",
    "codedeploy/application": "_applications",
    "codedeploy/deployment-group": "_deployment_groups",
    "cloudwatch/alarm": "_alarms",
    "iam/role": "_roles",
    "logs/log-group": "_log_groups",
}
_SINGLE = {"kms/key": "_key", "events/rule": "_event_rule"}

_LOG_PREFIXES = ("/aws/codepipeline/", "/aws/codebuild/")
"""Where the groups of pipelines and builds are that nobody has given a name."""

_WINDOW = 100
"""How many resources wait to be fetched or written at once, so that memory does not grow with the account."""

_FEW = 5
"""Up to so many log groups are asked for by name; more are listed."""


class Collector:
    """One account: what its regions hold, and what is still needed of it."""

    def __init__(
        self, account: str, caller: Caller, folder: Folder, pool: ThreadPoolExecutor, done: Callable[[str], None]
    ) -> None:
        """`done` is told the type of each resource that is written."""
        self.account = account
        self.regions: list[str] = []
        self.needs: dict[Need, None] = {}
        self._met: set[Need] = set()
        self._caller = caller
        self._folder = folder
        self._pool = pool
        self._done = done
        self._home_region = ""

    def pipelines(self, region: str, glob: str) -> None:
        """Fetches the pipelines of a region whose names match, and what starts and watches them."""
        self._home_region = self._home_region or region
        self.regions.append(region)
        names = self._earlier_listing("codepipeline/pipeline", region)
        if names is None:
            listed, unlisted = self._listed("codepipeline:ListPipelines", region, "pipelines")
            names = [pipeline["name"] for pipeline in listed]
            self._write_listing("codepipeline/pipeline", region, names, unlisted)
        matching = [name for name in names if fnmatchcase(name, glob)]
        self._each(partial(self._pipeline, region), matching)
        if not matching:
            return
        self._webhooks(region, frozenset(matching))
        self._notification_rules(region)
        self._trails(region)

    def work_off(self) -> None:
        """Fetches what is needed, and what that needs in turn."""
        while True:
            waiting = [need for need in self.needs if need not in self._met and need.account == self.account]
            if not waiting:
                return
            by_type: dict[tuple[str, str], list[str]] = {}
            for need in waiting:
                self._met.add(need)
                by_type.setdefault((need.type, need.region), []).append(need.name)
            for (type, region), names in by_type.items():
                if type in _BATCHED:
                    getattr(self, _BATCHED[type])(region, names)
                elif type in _SINGLE:
                    self._each(partial(getattr(self, _SINGLE[type]), region), names)
                else:
                    self._each(partial(self._stepwise, type, region), names)

    def _each(self, fetch: Callable[[str], Iterable[Need] | None], names: Iterable[str]) -> None:
        waiting = list(names)
        for start in range(0, len(waiting), _WINDOW):
            for found in self._pool.map(fetch, waiting[start : start + _WINDOW]):
                self.needs.update(dict.fromkeys(found or ()))

    def _id(self, region: str, type: str, name: str) -> ResourceId:
        return ResourceId(self.account, region, type, name)

    def _write(self, id: ResourceId, arn: str, properties: object) -> None:
        self._folder.write(id, arn, properties)
        self._done(id.type)

    def _failed(self, region: str, about: str, found: Unavailable) -> None:
        self._caller.log.failed(Failure(self.account, region, about, found))

    def _earlier_listing(self, type: str, region: str) -> list[str] | None:
        """The names of the resources of a type that an earlier run has listed to the end."""
        before = self._folder.properties(self._id(region, type + _LISTING, "names")) or {}
        names = before.get("names")
        return [str(name) for name in names] if isinstance(names, list) else None

    def _write_listing(self, type: str, region: str, names: list[str], unlisted: Unavailable | None) -> None:
        """Writes which resources of a type there are, or why there may be more than those in the snapshot."""
        if unlisted is not None:
            self._failed(region, type, unlisted)
        properties = {"names": sorted(names)} if unlisted is None else _mark(unlisted)
        self._folder.write(self._id(region, type + _LISTING, "names"), "", properties)

    def _listed(
        self, call: str, region: str, member: str, /, **parameters: object
    ) -> tuple[list[dict[str, Any]], Unavailable | None]:
        """The elements of every page, and why there may be more."""
        found: list[dict[str, Any]] = []
        for page in self._caller.pages(call, region, **parameters):
            if isinstance(page, Unavailable):
                return found, page
            found += page.get(member, ())
        return found, None

    def _filled(self, steps: Iterable[Step], id: ResourceId, name: str, region: str) -> dict[str, object]:
        """The members that the steps fill; a step that an earlier run has done is not made again."""
        before = self._folder.properties(id) or {}
        properties: dict[str, object] = dict(before)
        for step in steps:
            if all(key in before and not _is_worth_asking(before[key]) for key in step.take.values()):
                continue
            named = {step.parameter: name} if step.parameter else {}
            answer = self._caller.call(step.call, region, **named, **(step.others or {}))
            for member, key in step.take.items():
                if isinstance(answer, Unavailable):
                    properties[key] = _mark(answer)
                elif answer is None:
                    properties[key] = step.absent
                else:
                    properties[key] = answer.get(member) if member else answer
            if isinstance(answer, Unavailable):
                self._failed(region, f"{id.type} {id.name}", answer)
                if answer.reason == MISSING:
                    return _mark(answer)
        return properties

    def _stepwise(self, type: str, region: str, name: str) -> None:
        id = self._id(region, type, name)
        properties = self._filled(STEPS[type], id, name, self._home_region if region == GLOBAL else region)
        self._write(id, _arn_of(type, name), properties)

    def _pipeline(self, region: str, name: str) -> list[Need]:
        id = self._id(region, "codepipeline/pipeline", name)
        arn = f"arn:{_partition(region)}:codepipeline:{region}:{self.account}:{name}"
        steps = (
            Step("codepipeline:GetPipeline", "name", {"pipeline": "pipeline", "metadata": "metadata"}),
            Step("codepipeline:GetPipelineState", "name", {"stageStates": "stageStates"}),
        )
        properties = self._filled(steps, id, name, region)
        if why_unavailable(properties) is None:
            properties["stageStates"] = _transitions(properties.get("stageStates"))
            self._list_into(
                properties, "tags", "codepipeline:ListTagsForResource", region, id, "tags", resourceArn=arn
            )
            self._list_into(
                properties, "startedBy", "events:ListRuleNamesByTarget", region, id, "RuleNames", TargetArn=arn
            )
        self._write(id, arn, properties)
        home = Home(self.account, region)
        structure, rules = properties.get("pipeline"), properties.get("startedBy")
        found = list(needs_of_pipeline(structure, home)) if _is_answer(structure) else []
        for rule in rules if isinstance(rules, list) else ():
            found += home.need("events/rule", rule)
        return found

    def _list_into(
        self,
        properties: dict[str, object],
        key: str,
        call: str,
        region: str,
        id: ResourceId,
        member: str,
        **parameters: object,
    ) -> None:
        """Fills a member with the elements of a paged call, unless an earlier run has."""
        if key in properties and not _is_worth_asking(properties[key]):
            return
        listed, unlisted = self._listed(call, region, member, **parameters)
        properties[key] = listed if unlisted is None else _mark(unlisted)
        if unlisted is not None:
            self._failed(region, f"{id.type} {id.name}", unlisted)

    def _webhooks(self, region: str, pipelines: frozenset[str]) -> None:
        if self._earlier_listing("codepipeline/webhook", region) is not None:
            return
        webhooks, unlisted = self._listed("codepipeline:ListWebhooks", region, "webhooks")
        wanted = [webhook for webhook in webhooks if webhook["definition"].get("targetPipeline") in pipelines]
        for webhook in wanted:
            definition = webhook["definition"]
            id = self._id(region, "codepipeline/webhook", str(definition["name"]))
            self._write(id, str(webhook.get("arn", "")), {"definition": definition})
        names = [str(webhook["definition"]["name"]) for webhook in wanted]
        self._write_listing("codepipeline/webhook", region, names, unlisted)

    def _notification_rules(self, region: str) -> None:
        type = "codestar-notifications/notification-rule"
        names = self._earlier_listing(type, region)
        if names is None:
            call = "codestar-notifications:ListNotificationRules"
            rules, unlisted = self._listed(call, region, "NotificationRules")
            names = [str(rule["Arn"]) for rule in rules]
            self._write_listing(type, region, names, unlisted)
        self._each(partial(self._stepwise, type, region), names)

    def _trails(self, region: str) -> None:
        if self._earlier_listing("cloudtrail/trail", region) is not None:
            return
        answer = self._caller.call("cloudtrail:DescribeTrails", region)
        unlisted = answer if isinstance(answer, Unavailable) else None
        trails = [] if isinstance(answer, Unavailable) or answer is None else answer.get("trailList", [])
        for trail in trails:
            home = trail.get("HomeRegion", region)
            id = self._id(home, "cloudtrail/trail", str(trail["Name"]))
            need = Need(self.account, home, id.type, id.name)
            if need not in self._met:
                self._met.add(need)
                properties = self._filled(TRAIL_STEPS, id, str(trail["TrailARN"]), home)
                self._write(id, str(trail["TrailARN"]), {"trail": trail, **properties})
        self._write_listing("cloudtrail/trail", region, [str(trail["Name"]) for trail in trails], unlisted)

    def _known_before(self, type: str, region: str, name: str) -> dict[str, object] | None:
        """What an earlier run has written of a resource, where that needs no second try."""
        before = self._folder.properties(self._id(region, type, name))
        if before is None or _is_worth_asking(before):
            return None
        return None if any(_is_worth_asking(value) for value in before.values()) else before

    def _batches(
        self, type: str, region: str, names: Iterable[str], ask: Callable[[list[str]], dict[str, Any] | Unavailable]
    ) -> Iterator[tuple[str, dict[str, object]]]:
        """What a bulk call answers, by name; of names that an earlier run has fetched, what it has written.

        One missing name makes some calls fail as a whole: they are asked again in halves.
        """
        waiting: list[str] = []
        for name in names:
            before = self._known_before(type, region, name)
            if before is None:
                waiting.append(name)
            else:
                yield name, before
        chunks = [waiting[start : start + _CHUNK] for start in range(0, len(waiting), _CHUNK)]
        while chunks:
            chunk = chunks.pop(0)
            answer = ask(chunk)
            if isinstance(answer, Unavailable) and answer.reason == MISSING and len(chunk) > 1:
                chunks += [chunk[: len(chunk) // 2], chunk[len(chunk) // 2 :]]
            else:
                yield from self._answered(type, region, chunk, answer)

    def _answered(
        self, type: str, region: str, names: list[str], answer: dict[str, Any] | Unavailable
    ) -> Iterator[tuple[str, dict[str, object]]]:
        if isinstance(answer, Unavailable):
            for name in names:
                self._failed(region, f"{type} {name}", answer)
                yield name, _mark(answer)
            return
        for name in names:
            gone = Unavailable("", "", MISSING, "not returned")
            yield name, answer[name] if name in answer else _mark(gone)

    def _projects(self, region: str, names: list[str]) -> None:
        def ask(chunk: list[str]) -> dict[str, Any] | Unavailable:
            answer = self._caller.call("codebuild:BatchGetProjects", region, names=chunk)
            if isinstance(answer, Unavailable):
                return answer
            return {project["name"]: {"project": project} for project in (answer or {}).get("projects", ())}

        home = Home(self.account, region)
        by_name = {name.rsplit("/", 1)[-1] if name.startswith("arn:") else name: name for name in names}
        for name, properties in self._batches("codebuild/project", region, by_name, ask):
            project = properties.get("project")
            arn = f"arn:{_partition(region)}:codebuild:{region}:{self.account}:project/{name}"
            self._write(self._id(region, "codebuild/project", name), arn, properties)
            if _is_answer(project):
                self.needs.update(dict.fromkeys(needs_of_project(project, home)))

    def _repositories(self, region: str, names: list[str]) -> None:
        def ask(chunk: list[str]) -> dict[str, Any] | Unavailable:
            call = "ecr:DescribeRepositories"
            found, unlisted = self._listed(call, region, "repositories", repositoryNames=chunk)
            return unlisted or {entry["repositoryName"]: {"repository": entry} for entry in found}

        for name, properties in self._batches("ecr/repository", region, names, ask):
            id = self._id(region, "ecr/repository", name)
            more = self._filled(REPOSITORY_STEPS, id, name, region) if "repository" in properties else {}
            arn = f"arn:{_partition(region)}:ecr:{region}:{self.account}:repository/{name}"
            self._write(id, arn, {**more, **properties} if "lifecyclePolicyText" not in properties else properties)

    def _applications(self, region: str, names: list[str]) -> None:
        def ask(chunk: list[str]) -> dict[str, Any] | Unavailable:
            answer = self._caller.call("codedeploy:BatchGetApplications", region, applicationNames=chunk)
            if isinstance(answer, Unavailable):
                return answer
            found = (answer or {}).get("applicationsInfo", ())
            return {entry["applicationName"]: {"application": entry} for entry in found}

        for name, properties in self._batches("codedeploy/application", region, names, ask):
            arn = f"arn:{_partition(region)}:codedeploy:{region}:{self.account}:application:{name}"
            self._write(self._id(region, "codedeploy/application", name), arn, properties)

    def _deployment_groups(self, region: str, names: list[str]) -> None:
        """`names` are `application/group`."""
        by_application: dict[str, list[str]] = {}
        for name in names:
            by_application.setdefault(name.split("/", 1)[0], []).append(name)
        home = Home(self.account, region)
        for application, groups in by_application.items():
            ask = partial(self._ask_deployment_groups, region, application)
            for name, properties in self._batches("codedeploy/deployment-group", region, groups, ask):
                arn = f"arn:{_partition(region)}:codedeploy:{region}:{self.account}:deploymentgroup:{name}"
                self._write(self._id(region, "codedeploy/deployment-group", name), arn, properties)
                group = properties.get("group")
                if _is_answer(group):
                    self.needs.update(dict.fromkeys(needs_of_deployment_group(group, home)))

    def _ask_deployment_groups(self, region: str, application: str, chunk: list[str]) -> dict[str, Any] | Unavailable:
        answer = self._caller.call(
            "codedeploy:BatchGetDeploymentGroups",
            region,
            applicationName=application,
            deploymentGroupNames=[name.split("/", 1)[1] for name in chunk],
        )
        if isinstance(answer, Unavailable):
            return answer
        found = (answer or {}).get("deploymentGroupsInfo", ())
        return {f"{application}/{entry['deploymentGroupName']}": {"group": entry} for entry in found}

    def _alarms(self, region: str, names: list[str]) -> None:
        def ask(chunk: list[str]) -> dict[str, Any] | Unavailable:
            found, unlisted = self._listed("cloudwatch:DescribeAlarms", region, "MetricAlarms", AlarmNames=chunk)
            return unlisted or {entry["AlarmName"]: {"alarm": entry} for entry in found}

        for name, properties in self._batches("cloudwatch/alarm", region, names, ask):
            arn = f"arn:{_partition(region)}:cloudwatch:{region}:{self.account}:alarm:{name}"
            self._write(self._id(region, "cloudwatch/alarm", name), arn, properties)

    def _key(self, region: str, name: str) -> None:
        """A key under any of its names; its policy and rotation are asked for once."""
        alias = name[name.index("alias/") :] if "alias/" in name else None
        id = self._id(region, "kms/alias" if alias else "kms/key", alias or name.rsplit("/", 1)[-1])
        before = self._known_before(id.type, region, id.name)
        if before is not None and not alias:
            return
        answer = before or self._caller.call("kms:DescribeKey", region, KeyId=name)
        if isinstance(answer, Unavailable) or answer is None:
            found = answer or Unavailable("kms:DescribeKey", "kms:DescribeKey", MISSING, "absent")
            self._failed(region, f"{id.type} {id.name}", found)
            self._write(id, name if name.startswith("arn:") else "", _mark(found))
            return
        metadata: Any = answer.get("KeyMetadata") or answer["metadata"]
        key, arn = str(metadata["KeyId"]), str(metadata["Arn"])
        if alias:
            alias_arn = f"{arn.rsplit(':', 1)[0]}:{alias}"
            self._write(id, alias_arn, {"AliasName": alias, "TargetKeyId": key, "metadata": metadata})
        need = Need(self.account, region, "kms/key#", key)
        if need in self._met:
            return
        self._met.add(need)
        key_id = self._id(region, "kms/key", key)
        properties = self._filled(KEY_STEPS, key_id, arn, region)
        self._write(key_id, arn, {**properties, "metadata": metadata})

    def _log_groups(self, region: str, names: list[str]) -> None:
        """Log groups, of which there is no bulk call: those with a usual beginning are listed together."""
        waiting = [name for name in names if self._known_before("logs/log-group", region, name) is None]
        for prefix in _LOG_PREFIXES:
            usual = [name for name in waiting if name.startswith(prefix)]
            if len(usual) > _FEW:
                self._listed_log_groups(region, prefix, usual)
                waiting = [name for name in waiting if not name.startswith(prefix)]
        list(self._pool.map(lambda name: self._listed_log_groups(region, name, [name]), waiting))

    def _listed_log_groups(self, region: str, prefix: str, names: list[str]) -> None:
        groups, unlisted = self._listed("logs:DescribeLogGroups", region, "logGroups", logGroupNamePrefix=prefix)
        found = {group["logGroupName"]: group for group in groups}
        if unlisted is not None:
            self._failed(region, f"logs/log-group {prefix}", unlisted)
        gone = unlisted or Unavailable("logs:DescribeLogGroups", "", MISSING, "not returned")
        for name in names:
            arn = f"arn:{_partition(region)}:logs:{region}:{self.account}:log-group:{name}"
            properties = {"group": found[name]} if name in found else _mark(gone)
            self._write(self._id(region, "logs/log-group", name), arn, properties)

    def _event_rule(self, region: str, name: str) -> list[Need]:
        id = self._id(region, "events/rule", name)
        properties = self._filled(EVENT_RULE_STEPS, id, name, region)
        if why_unavailable(properties) is None:
            self._list_into(properties, "targets", "events:ListTargetsByRule", region, id, "Targets", Rule=name)
            targets = properties.get("targets")
            if isinstance(targets, list):  # what a target is sent is nobody's business here, and may be secret
                kept = ("Id", "Arn", "RoleArn")
                properties["targets"] = [{key: t[key] for key in kept if key in t} for t in targets]
        rule = properties.get("rule")
        arn = f"arn:{_partition(region)}:events:{region}:{self.account}:rule/{name}"
        self._write(id, str(rule.get("Arn", arn)) if isinstance(rule, dict) else arn, properties)
        targets = properties.get("targets")
        home = Home(self.account, region)
        started = (
            [target for target in targets if ":codepipeline:" in target["Arn"]] if isinstance(targets, list) else []
        )
        return [need for target in started for need in home.role(target.get("RoleArn"))]

    def _roles(self, region: str, arns: list[str]) -> None:
        """The roles and their policies, all with the bulk call of the account."""
        waiting = {arn for arn in arns if self._known_before("iam/role", GLOBAL, arn) is None}
        policies: set[str] = set()
        for arn in arns:
            before = self._known_before("iam/role", GLOBAL, arn)
            policies |= _attached((before or {}).get("role"))
        failed = None
        for page in self._details("Role") if waiting else ():
            if isinstance(page, Unavailable):
                failed = page
                continue
            for role in page.get("RoleDetailList", ()):
                if role["Arn"] in waiting:
                    waiting.discard(role["Arn"])
                    policies |= _attached(role)
                    self._write(self._id(GLOBAL, "iam/role", role["Arn"]), role["Arn"], {"role": _role(role)})
        for arn in sorted(waiting):
            found = failed or Unavailable("iam:GetAccountAuthorizationDetails", "", MISSING, "not returned")
            if failed is not None:
                self._failed(region, f"iam/role {arn}", failed)
            self._write(self._id(GLOBAL, "iam/role", arn), arn, _mark(found))
        self._policies(region, policies)

    def _policies(self, region: str, arns: set[str]) -> None:
        """The account's own policies among those that are attached; AWS's are known by their name."""
        waiting = {
            arn for arn in arns if ":iam::aws:" not in arn and self._known_before("iam/policy", GLOBAL, arn) is None
        }
        failed = None
        for page in self._details("LocalManagedPolicy") if waiting else ():
            if isinstance(page, Unavailable):
                failed = page
                continue
            for policy in page.get("Policies", ()):
                if policy["Arn"] in waiting:
                    waiting.discard(policy["Arn"])
                    self._write(self._id(GLOBAL, "iam/policy", policy["Arn"]), policy["Arn"], _policy(policy))
        for arn in sorted(waiting) if failed is not None else ():
            assert failed is not None  # noqa: S101 - for mypy
            self._failed(region, f"iam/policy {arn}", failed)
            self._write(self._id(GLOBAL, "iam/policy", arn), arn, _mark(failed))

    def _details(self, kind: str) -> Iterator[dict[str, Any] | Unavailable]:
        return self._caller.pages("iam:GetAccountAuthorizationDetails", self._home_region, Filter=[kind])


def _mark(found: Unavailable) -> dict[str, object]:
    return dict(unavailable(found.reason, found.code, found.permission))


def _is_worth_asking(value: object) -> bool:
    """Whether an earlier run got no answer, and another try may get one."""
    why = why_unavailable(value)
    return why is not None and why["reason"] not in FINAL


def _is_answer(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict) and why_unavailable(value) is None


def _transitions(states: object) -> object:
    """Of the state of each stage, whether anything may enter it: the rest changes with every execution."""
    if not isinstance(states, list):
        return states
    return [
        {
            "stageName": state.get("stageName"),
            "inboundTransitionState": {
                key: value
                for key, value in (state.get("inboundTransitionState") or {}).items()
                if key in {"enabled", "disabledReason"}
            },
        }
        for state in states
    ]


def _role(detail: dict[str, Any]) -> dict[str, Any]:
    """A role without when it was used last, which changes from run to run."""
    return {key: value for key, value in detail.items() if key not in {"RoleLastUsed", "InstanceProfileList"}}


def _policy(detail: dict[str, Any]) -> dict[str, object]:
    versions = detail.get("PolicyVersionList", ())
    document = next((version.get("Document") for version in versions if version.get("IsDefaultVersion")), None)
    name = detail.get("PolicyName") or detail["Arn"].rsplit("/", 1)[-1]
    return {"PolicyName": name, "PolicyDocument": document}


def _attached(role: object) -> set[str]:
    """The ARNs of the policies that are attached to a role, its boundary too."""
    if not isinstance(role, dict):
        return set()
    return {policy["PolicyArn"] for policy in role.get("AttachedManagedPolicies", ())}


def _arn_of(type: str, name: str) -> str:
    if type == "s3/bucket":
        return f"arn:aws:s3:::{name}"
    return name if name.startswith("arn:") else ""


def _partition(region: str) -> str:
    return partition_of(region)[0]
