"""What an application's parts are called, and what is said of it in several places."""

from __future__ import annotations

from app.base.errors import N_

PORTRAIT = N_("毕业证照片")
DOCUMENTS = N_("证件附件", "phone")

# code, text and status of a refusal: the page is of a status that has passed.
NOT_NOW = ("not_now", N_("申请的状态已经变化。请刷新页面，查看最新状态。"), 409)

# Who is next: for the candidate, and for support.
YOU_PHOTOGRAPH = N_("请拍摄毕业证照片")
YOU_UPLOAD = N_("请上传证件附件")
BY_THE_CITY = N_("由%(office)s审核")
OF_THE_CITY = N_("等%(office)s审核")
OF_THE_PROVINCE = N_("等省考办审核")
