"""What the phone says while a picture is on its way, when it has arrived, and without a network."""

from __future__ import annotations

from app.base.errors import N_
from app.pairing.texts import RECEIVED

TEXTS = {
    "send.title": N_("正在发送照片"),
    "send.stay": N_("请不要关闭这一页。"),
    "send.starting": N_("正在连接…"),
    "send.asking": N_("网络较慢，先请系统检查照片，通过后再发送。"),
    "send.progress": N_("已发送 %(sent)s KB，共 %(total)s KB"),
    "send.checking": N_("%(total)s KB 已全部发出，正在检查照片…"),
    "send.again": N_("网络不稳，正在重新连接…"),
    "send.broken": N_("网络断开，照片还没有送到。"),
    "send.between": N_("照片还没有送到（%(status)s），会自动再试。"),
    "send.kept": N_("照片保存在这台手机上。网络恢复后会自动继续，也可以点“重试”。"),
    "send.kept-here": N_("照片只在这一页里。网络恢复后会自动继续，也可以点“重试”。"),
    "keep.open": N_("这个浏览器没能保存照片。照片送到之前，请不要关闭这一页。"),
    "done.title": N_("请回到电脑继续"),
    "done.alone": RECEIVED,
    "done.received": N_("照片已收到。"),
    "done.next": N_("请在电脑上看照片，再点“我已摄像完成，下一步”。"),
    "done.next-alone": N_("请继续，看过照片后点“我已摄像完成，下一步”。"),
    "done.findings": N_("检查结果"),
    "done.go-on": N_("继续"),
    "offline.title": N_("现在无法连接网络"),
    "offline.why": N_("没有收到服务器的回答。请检查网络，恢复后会自动继续，也可以点“重试”。"),
    "offline.by-itself": N_("会自动再试，也可以点“重试”。"),
    "refused.title": N_("现在还不能继续"),
    "refused.kept": N_("照片还在这台手机上，没有丢失。"),
}
