"""How the statuses of applications are grouped in tables, without a database."""

from __future__ import annotations

from enum import Enum

from app.application.status_rules import STATUSES
from app.application.workflow import Status
from app.base.errors import N_
from app.identity.actor_rules import Role


class Group(Enum):
    """Where applications stand, in the order of the procedure; together they are all. The value is its name."""

    COMPARING = N_("比对信息")
    PAPERS = N_("待传附件")
    PHOTO = N_("待拍照")
    CITY = N_("市考办审核中")
    PROVINCE = N_("省考办审核中")
    SENT_BACK = N_("退回待重交")
    APPROVED = N_("通过待提交")
    SUBMITTED = N_("已提交")
    WITHDRAWN = N_("已撤回")


OWN = {
    Status.FORM: Group.COMPARING,
    Status.REGISTER_CHECK: Group.COMPARING,
    Status.DOCUMENTS: Group.PAPERS,
    Status.CAPTURE: Group.PHOTO,
    Status.READY: Group.APPROVED,
    Status.SUBMITTED: Group.SUBMITTED,
    Status.WITHDRAWN: Group.WITHDRAWN,
}
REVIEWS = {Role.CITY: Group.CITY, Role.PROVINCE: Group.PROVINCE}
# Where an office sends applications back to.
BACK = (Status.DOCUMENTS, Status.CAPTURE)


def group_of(status: Status) -> Group:
    """The group of a status, as long as no office has sent the application back to it."""
    office = STATUSES[status].office
    return REVIEWS[office] if office else OWN[status]
