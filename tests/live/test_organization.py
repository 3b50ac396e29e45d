"""The accounts of an organisation: who is entered, and who is passed over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.live.account import NUMBER, Account
from tests.live.audit import fetched, manifest, run
from tests.live.front import Answer, Call, Front, checked, error


@pytest.fixture
def members(front: Front, account: Account) -> list[dict[str, Any]]:
    """An organisation with two pages of accounts, of which one is suspended and one does not let us in."""
    accounts = [
        {"Id": NUMBER, "Status": "ACTIVE"},
        {"Id": "111122223333", "Status": "ACTIVE"},
        {"Id": "222233334444", "Status": "SUSPENDED"},
        {"Id": "333344445555", "Status": "ACTIVE"},
    ]

    def organization(call: Call) -> Answer | None:
        if call.name == "organizations:ListAccounts":
            start = int(call.said.get("NextToken", "0"))
            page: dict[str, Any] = {"Accounts": accounts[start : start + 2]}
            if start + 2 < len(accounts):
                page["NextToken"] = str(start + 2)
            return checked("organizations", "ListAccounts", page)
        if call.name == "organizations:ListChildren":
            said = call.said
            below = {
                ("ou-root-parent", "ORGANIZATIONAL_UNIT"): ["ou-root-child"],
                ("ou-root-child", "ACCOUNT"): ["111122223333"],
            }.get((said["ParentId"], said["ChildType"]), [])
            children = [{"Id": id, "Type": said["ChildType"]} for id in below]
            return checked("organizations", "ListChildren", {"Children": children})
        if call.name == "sts:AssumeRole" and b"333344445555" in call.body:
            return error(call, "AccessDenied", 403)
        return None

    front.faults.append(organization)
    return accounts


def entered(out: Path) -> list[str]:
    return [entry["account"] for entry in manifest(out)["accounts"]]


def test_active_accounts_are_entered_and_the_others_named(
    front: Front, members: list[dict[str, Any]], tmp_path: Path
) -> None:
    out = tmp_path / "snapshot"

    result = fetched(front.url, out, "--region", "eu-west-1", "--organization", "--role-name", "reader")

    assert result.exit_code == 0, result.stderr
    assert entered(out) == [NUMBER, "111122223333"]
    assert "skipped: 222233334444: the account is suspended" in result.stderr
    assert "skipped: 333344445555: the role arn:aws:iam::333344445555:role/reader cannot be taken" in result.stderr


def test_only_the_accounts_of_a_unit_and_the_units_below_it(
    front: Front, members: list[dict[str, Any]], tmp_path: Path
) -> None:
    out = tmp_path / "snapshot"
    arguments = ("--organization", "--role-name", "reader", "--unit", "ou-root-parent")

    result = fetched(front.url, out, "--region", "eu-west-1", *arguments)

    assert result.exit_code == 0, result.stderr
    assert entered(out) == ["111122223333"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--organization",), "--role-name"),
        (("--unit", "ou-1"), "--organization"),
        (("--organization", "--role-name", "r", "--accounts-file", "f"), "--accounts-file"),
        (("--external-id", "x"), "--role-arn"),
    ],
)
def test_options_that_need_each_other(front: Front, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    result = run("fetch", "--out", tmp_path / "snapshot", "--endpoint-url", front.url, *arguments)

    assert result.exit_code == 2
    assert said in result.stderr
