"""What is said about a list of refusals: what is wrong with a row, and what follows for a case."""

from __future__ import annotations

from app.base.errors import N_

EXAM_NUMBER, ID_NUMBER, FILE_NAME = "准考证号", "身份证号", "文件名"  # headings, as the layout has them
REASON = N_("不合格原因")

# Who is meant.
NO_COLUMN = "准考证号 / 身份证号"
NO_NUMBER = N_("这一行没有准考证号，也没有身份证号。请填写其中一个。")
NO_ID = N_("没有证件号为“%(value)s”的考生。请检查号码，或填写准考证号。")
NO_NAME = N_("文件名“%(value)s”里没有任何考生的准考证号或证件号。请填写准考证号。")
SEVERAL = N_("有几名考生的证件号都是“%(value)s”。请填写准考证号。")
DIFFERENT = N_("准考证号、身份证号和文件名说的不是同一名考生。请检查这一行。")
TOO_LONG_TOGETHER = N_("同一名考生的几条原因合起来有 %(length)s 个字，最多 %(longest)s 个。请缩短。")

# Where the application stands.
NOT_APPLIED = N_("这名考生现在没有申请，没有可以退回的照片。")
NOT_APPROVED = N_("这名考生的申请现在是“%(status)s”：照片还没有审核通过，没有可以退回的。")
NO_OFFICE = N_("系统里没有省考办，也没有负责这份申请的市考办，不能退回。请先设好考办。")

# What follows.
REOPENS = N_("退回到拍照：这张照片作废，考生会看到不合格原因，重新拍照，再由市考办审核。")
REOPENS_SUBMITTED = N_(
    "退回到拍照：这张照片作废，考生会看到不合格原因，重新拍照；市考办审核通过后，考生要再提交一次申请。"
)
REOPENS_AGAIN = N_(
    "以前退回过，考生已经重新拍照，新照片也已经导出过：导入后会再退回一次。如果这是一份旧名单，请不要导入。"
)
DONE = N_("已经退回过，考生的新照片还没有导出：这一行不改变什么。")
