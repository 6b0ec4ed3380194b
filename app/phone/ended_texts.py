"""What the phone says before and after its connection with a computer."""

from __future__ import annotations

from app.base.errors import N_
from app.pairing.ending_rules import AT_THE_PHONE, MOVED, OF_DOCUMENTS
from app.pairing.rules import End
from app.pairing.texts import SAME_DEVICE
from app.phone import sending_texts

TEXTS = {
    "start.title": N_("请扫电脑上的二维码"),
    "start.scan": N_("在电脑上登录，打开“毕业申请及图像采集”，用微信或手机浏览器扫描那里的二维码。"),
    "code.label": N_("扫不了码时，请输入电脑上二维码下面的代码"),
    "code.short": N_("代码有 8 个字母或数字，请输入完整。"),
    "code.go": N_("连接电脑"),
    "start.alone": N_("没有电脑，可以在这台手机上登录并拍照。"),
    "start.this-phone": SAME_DEVICE,
    "ended.title": N_("这次连接已结束"),
    "ended.finished": N_("照片已提交"),
    "ended.finished.documents": N_("证件附件已提交"),
    "ended.saved.title": sending_texts.TEXTS["done.title"],
    "ended.bad_token": N_("这个链接不完整或不是本系统的。请回到电脑上，重新扫码。"),
    "ended.expired": N_("二维码已过期。请回到电脑上，扫新的二维码。"),
    "ended.ran-out": AT_THE_PHONE[End.EXPIRED],
    "ended.claimed": N_("这个二维码已被另一部手机使用。如果不是您的手机，请在电脑上点“不是我的手机”，再扫新的二维码。"),
    "ended.replaced": AT_THE_PHONE[End.REPLACED],
    "ended.revoked": AT_THE_PHONE[End.REVOKED],
    "ended.not_mine": AT_THE_PHONE[End.NOT_MINE],
    "ended.moved": AT_THE_PHONE[MOVED],
    "ended.moved.back": N_("已换到另一个浏览器。请在那个浏览器里继续；如果那里不能用，可以回到这里。"),
    "ended.back": N_("回到这个浏览器"),
    "ended.handed_over": AT_THE_PHONE[End.HANDED_OVER],
    "ended.saved": AT_THE_PHONE[End.SAVED],
    "ended.reissued": AT_THE_PHONE[End.REISSUED],
    "ended.locked": AT_THE_PHONE[End.LOCKED],
    "ended.logged_out": AT_THE_PHONE[End.LOGGED_OUT],
    "ended.withdrawn": AT_THE_PHONE[End.WITHDRAWN],
    "ended.ran-out.alone": N_("这次拍照的时间已用完。请回到申请页面，再点“用本机拍照”。"),
    "ended.replaced.alone": N_("申请页面上已重新开始连接。请回到申请页面，再点“用本机拍照”。"),
    "ended.revoked.alone": N_("这次连接已被撤销。请回到申请页面，再点“用本机拍照”。"),
    "ended.not_mine.alone": N_("申请页面上已取消这次连接。请回到申请页面，再点“用本机拍照”。"),
    "ended.handed_over.alone": N_("已提交审核，不用再拍。"),
    "ended.saved.alone": N_("照片已保存，还没有提交审核。请回到申请页面，上传证件附件。"),
    "ended.reissued.alone": N_("客服已重新发出配对链接。请打开客服发给您的链接，或回到申请页面。"),
    "ended.logged_out.alone": N_("您已退出登录。请重新登录后，再点“用本机拍照”。"),
    "ended.withdrawn.alone": N_("申请已撤回，不用再拍照。"),
    "ended.ran-out.documents": OF_DOCUMENTS[End.EXPIRED],
    "ended.handed_over.documents": OF_DOCUMENTS[End.HANDED_OVER],
    "ended.unsent": N_(
        "有一张照片还没有送出，已保存在这台手机上，24 小时后自动删除。用这台手机重新扫码后可以继续发送。"
    ),
    "ended.unsaved": N_("有一张照片还没有送出，也没能保存在这台手机上。重新扫码后，可能需要重拍。"),
    "ended.see": N_("查看申请"),
    "last4.title": N_("请输入证件号后四位"),
    "last4.why": N_("这个链接由客服发出，需要核对您的证件号。"),
    "last4.label": N_("证件号后四位（最后一位可能是 X）"),
    "last4.wrong": N_("后四位不对，还可以试 %(left)s 次。"),
    "last4.go": sending_texts.TEXTS["done.go-on"],
}
