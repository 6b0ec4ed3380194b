"""What the phone says when there is no camera, and how the page is opened elsewhere."""

from __future__ import annotations

from app.base.errors import N_

TEXTS = {
    "file.upload": N_("上传照片"),
    "file.gallery": N_("从相册选择"),
    "away.open": N_("换浏览器打开"),
    "away.copy": N_("复制链接"),
    "away.copied": N_("链接已复制。请打开手机浏览器，粘贴到地址栏。"),
    "away.copy-by-hand": N_("不能自动复制。请长按地址栏，复制其中的链接。"),
    "away.failed": N_("现在不能生成链接。请检查网络，再点一次。"),
    "away.minutes": N_("链接 %(minutes)s 分钟内有效，只能用一次。"),
    "away.how.wechat": N_("请点右上角“…”，选择“在浏览器打开”。链接也已复制。"),
    "away.how.inapp": N_("请点右上角菜单，选择“在浏览器打开”。链接也已复制。"),
    "away.how.ios": N_("链接已复制。请打开 Safari，粘贴到地址栏。"),
    "away.how.android": N_("链接已复制。请打开手机自带的浏览器，粘贴到地址栏。"),
    "away.how.desktop": N_("链接已复制。请打开另一个浏览器，粘贴到地址栏。"),
    "trouble.denied": N_("摄像头权限没有允许"),
    "trouble.denied.how": N_("请点“重试”，在弹出的窗口里选择“允许”。"),
    "trouble.denied.wechat": N_("请点“重试”并选择“允许”；若不再弹出，请在手机设置里允许微信使用相机，或换浏览器打开。"),
    "trouble.blocked": N_("摄像头权限被拒绝"),
    "trouble.blocked.how": N_("请点地址栏左侧的图标，选择“允许”，再点“重试”。"),
    "trouble.blocked.wechat": N_("请在手机设置里允许微信使用相机，再点“重试”；或换浏览器打开。"),
    "trouble.blocked.inapp": N_("请在手机设置里允许这个应用使用相机，再点“重试”；或换浏览器打开。"),
    "trouble.blocked.ios": N_("请点地址栏左侧的“大小”，打开“网站设置”，把“相机”改为“允许”，再点“重试”。"),
    "trouble.blocked.android": N_("请点地址栏左侧的图标，打开“权限”，允许“摄像头”，再点“重试”。"),
    "trouble.missing": N_("没有找到摄像头"),
    "trouble.missing.how": N_("请换一部有摄像头的手机，或上传照片。"),
    "trouble.busy": N_("摄像头正被其他程序占用"),
    "trouble.busy.how": N_("请关闭视频通话、相机等程序，再点“重试”。"),
    "trouble.failed": N_("摄像头没有打开"),
    "trouble.failed.how": N_("请点“重试”。若仍打不开，请换浏览器打开，或上传照片。"),
    "trouble.insecure": N_("这个地址不是安全连接，浏览器不允许使用摄像头"),
    "trouble.insecure.how": N_("请上传用手机相机拍好的照片，或用电脑上显示的 https 地址打开。"),
    "trouble.old": N_("这个浏览器不能使用摄像头"),
    "trouble.old.how": N_("请换浏览器打开，或上传用手机相机拍好的照片。"),
    "trouble.old.wechat": N_("请点右上角“…”，选择“在浏览器打开”，或上传用手机相机拍好的照片。"),
}
