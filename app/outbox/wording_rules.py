"""What the operator reads of notices."""

from __future__ import annotations

from app.base.errors import N_
from app.outbox.rules import Channel, NoticeKind, NoticeState

CHANNELS = {Channel.WEBHOOK: N_("回传到上级系统（Webhook）"), Channel.MAIL: N_("给运行人员的邮件")}
KINDS = {
    NoticeKind.CREATED: N_("考生已申请"),
    NoticeKind.HANDED_IN: N_("考生已提交材料"),
    NoticeKind.APPROVED: N_("审核通过"),
    NoticeKind.REJECTED: N_("审核不通过"),
    NoticeKind.UNDONE: N_("审核已撤销"),
    NoticeKind.SUBMITTED: N_("申请已提交"),
    NoticeKind.REOPENED: N_("照片被退回，需要重拍"),
    NoticeKind.APPLICATION_WITHDRAWN: N_("考生已撤回申请"),
    NoticeKind.CODE_ISSUED: N_("已发出重设密码的代码"),
    NoticeKind.CODE_USED: N_("考生已用代码重设密码"),
    NoticeKind.TEST: N_("测试"),
    NoticeKind.CHANNEL_FAILS: N_("回传持续失败"),
    NoticeKind.GAVE_UP: N_("有回传事件已放弃"),
}
NOT_SET_UP = {
    Channel.WEBHOOK: N_(
        "还没有设置。请在服务器上填写 WEBHOOK_URL 和 WEBHOOK_KEY，然后重新启动服务。设置之前发生的事不会补发。"
    ),
    Channel.MAIL: N_("还没有设置。请在服务器上填写 MAIL_URL、MAIL_FROM 和 MAIL_TO，然后重新启动服务。"),
}
WAITING, GIVEN_UP, DROP = N_("等待发出"), N_("已放弃发送"), N_("已设为不再发送")
COUNTED = {
    NoticeState.WAITING: WAITING,
    NoticeState.GIVEN_UP: GIVEN_UP,
    NoticeState.SENT: N_("已送达"),
}
# State → title of its table, the last column, whether there is another try
TABLES = {
    NoticeState.GIVEN_UP: (GIVEN_UP, N_("放弃时间和原因"), True),
    NoticeState.WAITING: (WAITING, N_("下一次"), False),
    NoticeState.DROPPED: (DROP, N_("时间和原因"), True),
    NoticeState.SENT: (N_("最近送达"), N_("送达时间"), False),
}
# The code of what went wrong → in words; what stands behind its colon fills the place.
ERRORS = {
    "timeout": N_("对方没有及时答复"),
    "name": N_("找不到对方的域名：请检查网址和 DNS"),
    "refused": N_("对方拒绝连接：请检查网址、端口和防火墙"),
    "network": N_("网络不通：请检查网络和防火墙"),
    "closed": N_("连接中断，对方没有答复"),
    "certificate": N_("对方的证书不可信或已过期"),
    "tls": N_("无法建立加密连接"),
    "redirect": N_("对方要求跳转（%(n)s），不会跟随：请填写最终的网址"),
    "status": N_("对方答复 HTTP %(n)s"),
    "smtp": N_("邮件服务器没有接受（%(n)s）"),
    "password": N_("邮件服务器不接受用户名或密码"),
    "recipients": N_("邮件服务器不接受某个收件地址"),
    "setting": N_("设置里的网址、邮箱或密码写法不对：请在服务器上改正，然后重新启动服务"),
}
QUEUED = N_("测试已排队，几秒内发出。请稍后刷新本页，看它是否已送达。")
AGAIN = N_("已重新排队：%(n)s 个。")
DROPPED = N_("不再发送：%(n)s 个。误按了可以在下面再试一次。")
AT_ONCE = N_("马上重试。请稍后刷新本页。")
NOT_THERE = N_("没有这样的事件：它可能已经送达，或已重新排队。")
CLOSED = N_("这个通道还没有设置，不能发送测试。")
