"""What is said of a phone and of what it does, by the desktop, by support and by the phone."""

from __future__ import annotations

from app.base.errors import N_

CONNECTED = N_("手机已连接")
OFFLINE = N_("手机已离线")
SAME_DEVICE = N_("用本机拍照", "phone")
CONFIRMED = N_("已确认信息")
PHOTOGRAPHING = N_("正在拍照")
SENDING = N_("正在上传")
RECEIVED = N_("照片已收到")

# code, text and status of a refusal
NOT_CONFIRMED = ("not_confirmed", N_("请先核对信息并点“确认无误”，再上传照片。"), 409)

# Before any picture of a document: what is asked for apart.
AGREE_FIRST = N_("请先勾选同意处理证件附件，再上传或拍摄。")
