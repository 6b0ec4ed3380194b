"""What the phone says about pictures of documents."""

from __future__ import annotations

from app.application.texts import DOCUMENTS
from app.base.errors import N_
from app.documents.texts import LIMITS, MISSING, RECEIVED, REJECTED

TEXTS = {
    "doc.title": DOCUMENTS,
    "doc.how": N_("逐张拍摄下面的附件。照片会自动缩小到1M以下。"),
    "doc.limits": LIMITS,
    "doc.take": N_("拍%(what)s"),
    "doc.again": N_("重拍%(what)s"),
    "doc.is.missing": MISSING,
    "doc.is.rejected": REJECTED,
    "doc.is.received": RECEIVED,
    "doc.is.kept": N_("已通过，无需重新上传"),
    "doc.rejected": N_("没有通过的图片"),
    "doc.marked": N_("红框是审核人员标出的位置。"),
    "doc.marked-there": N_("红框是审核人员标出的位置。图片请在电脑上看。"),
    "doc.back": N_("回到申请页面"),
    "doc.see": N_("查看各张附件"),
    "doc.complete": N_("证件附件已齐全。"),
    "doc.next": N_("请在电脑上看清楚每一张，再点“%(button)s”。"),
    "doc.next-alone": N_("请继续，看清楚每一张，再点“%(button)s”。"),
    "doc.check": N_("证件上的字都看得清吗？有没有反光或缺角？"),
    "doc.unfit": N_("这个文件不能缩小到1M以下。请另选一张JPG或PNG图片，或直接拍照。"),
    "doc.to-slots": N_("返回附件列表"),
    "doc.prompt.card": N_("%(what)s：放平，四角都在框内"),
    "doc.prompt.page": N_("%(what)s：翻开放平，整页在框内"),
    "doc.prompt.person": N_("%(what)s：脸和证件都在线内"),
    "doc.tip.flat": N_("把证件放在深色、平整的桌面上，镜头正对证件。"),
    "doc.tip.glare": N_("避开灯光，证件上不要有反光和阴影。"),
    "doc.tip.whole": N_("四个角都要拍到，字要清楚。"),
    "doc.tip.steady": N_("手持证件时请别人帮忙拍，手指不要遮住字和照片。"),
}
