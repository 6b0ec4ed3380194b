"""Who may work here: what a login name looks like, what roles are called, what is asked before it is done."""

from __future__ import annotations

import re

from app.base.errors import N_, Refused
from app.identity.actor_rules import StaffRole
from app.identity.throttle import plain

LOGIN_NAME = re.compile(r"(?=.*[a-z])[a-z0-9][a-z0-9._-]{1,39}")
ID_NUMBER = re.compile(r"[0-9A-Z]{6,30}")
ROLES: dict[StaffRole, str] = {
    StaffRole.OPERATOR: N_("运行管理员"),
    StaffRole.REVIEWER: N_("审核员"),
    StaffRole.SUPPORT: N_("客服人员"),
}
LONGEST_NAME = 60

BAD_LOGIN = N_("登录名用小写字母、数字、点、短横线或下划线，2 到 40 个字符，至少一个字母。例如 guangzhou.li。")
BAD_NAME = N_("请填写姓名，最多 %(most)s 个字。")
BAD_ROLE = N_("请选择角色。")
BAD_ID_NUMBER = N_("证件号码只有数字和字母，6 到 30 位；不填也可以。")
NO_OFFICE = N_("审核员要属于一个考办。请选择考办。")
TAKEN = N_("已经有人用这个登录名。请换一个。")
NOT_THERE = N_("没有这位工作人员。请从列表重新进入。")
LAST_OPERATOR = N_("这是最后一位可以登录的运行管理员，不能停用，也不能改成别的角色。请先添加另一位运行管理员。")
YOURSELF = N_("这是您自己的账号：停用后您会立即退出，要由另一位运行管理员才能恢复。确定的话请先勾选“我知道”。")
YOUR_OWN_ROLE = N_("改掉自己的角色后，您会立即失去运行管理的权限。确定的话请先勾选“我知道”。")
NOT_YOUR_OWN = N_("自己的密码和二次验证请在“我的账户”里更改。")


def checked_login_name(given: str) -> str:
    """The login name, or Refused: it cannot be mistaken for a 准考证号."""
    if not LOGIN_NAME.fullmatch(given):
        raise Refused("login_name", BAD_LOGIN, 422)
    return given


def checked_name(given: str) -> str:
    """How somebody is called, or Refused."""
    if not (0 < len(given) <= LONGEST_NAME and given.isprintable()):
        raise Refused("name", BAD_NAME, 422, most=LONGEST_NAME)
    return given


def checked_id_number(given: str) -> str | None:
    """The number of an ID document as it is kept, None without one; or Refused."""
    number = plain(given)
    if number and not ID_NUMBER.fullmatch(number):
        raise Refused("id_number", BAD_ID_NUMBER, 422)
    return number or None


def checked_role(given: str) -> StaffRole:
    """The role of this name, or Refused."""
    if given not in set(StaffRole):
        raise Refused("role", BAD_ROLE, 422)
    return StaffRole(given)
