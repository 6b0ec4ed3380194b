"""What an application's parts are called, and what is said of it in several places."""

from __future__ import annotations

from app.base.errors import N_

PORTRAIT = N_("毕业证照片")
DOCUMENTS = N_("证件附件", "phone")

# code, text and status of a refusal: the page is of a status that has passed.
NOT_NOW = ("not_now", N_("申请的状态已经变化。请刷新页面，查看最新状态。"), 409)
