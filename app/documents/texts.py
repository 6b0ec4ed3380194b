"""What is said of a picture of a document, by the desktop and by the phone."""

from __future__ import annotations

from app.base.errors import N_

LIMITS = N_("附件应为JPG、PNG或者JPEG格式，大小应小于1M。")

MISSING = N_("未上传")
RECEIVED = N_("已收到")
REJECTED = N_("未通过")

# What a picture shows, for most types of documents.
PHOTO_SIDE = N_("有照片和姓名的一面")
HELD = N_("本人手持证件，脸和证件都要清楚")
