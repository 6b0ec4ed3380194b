"""What is said of a picture of a document, by the desktop and by the phone."""

from __future__ import annotations

from app.base.errors import N_

LIMITS = N_("附件应为JPG、PNG或者JPEG格式，大小应小于1M。")

MISSING = N_("未上传")
RECEIVED = N_("已收到")
REJECTED = N_("未通过")

# Why the dialog is open, by what led to it.
WHY_MISMATCH = N_("您的信息与公安人口库不一致，所以请上传下面的附件，由考办人工核对。")
WHY_OTHER = N_("您登记的证件不是居民身份证，所以请上传下面的附件，与照片一起由考办审核。")
WHY_REJECTED = N_("证件附件没有通过审核，所以请按审核意见重新上传未通过的附件。")

# What a picture shows, for most types of documents.
PHOTO_SIDE = N_("有照片和姓名的一面")
HELD = N_("本人手持证件，脸和证件都要清楚")
