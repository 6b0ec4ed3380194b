"""What a person and a program are told when something signed is not accepted."""

from __future__ import annotations

from app.base.errors import N_
from app.parent.rules import Why

# Why a launch is refused → what the person in front of it reads, and the HTTP status.
LAUNCH = {
    Why.MALFORMED: (
        N_("这次跳转带来的内容不完整。请回到原来的系统，再点一次；如果还是这样，请告诉原来系统的管理员。"),
        400,
    ),
    Why.UNKNOWN_KEY: (N_("本系统不认识原来系统使用的密钥，不能登录。请把这句话告诉原来系统的管理员。"), 403),
    Why.BAD_SIGNATURE: (
        N_("这次跳转的签名不对，不能登录。请回到原来的系统，再点一次；如果还是这样，请告诉原来系统的管理员。"),
        403,
    ),
    Why.TOO_OLD: (
        N_(
            "这次跳转是 %(seconds)s 秒前生成的，只在 %(life)s 秒内有效。请回到原来的系统，再点一次。"
            "如果每次都这样，请告诉原来系统的管理员：两边的时钟可能不一致。"
        ),
        403,
    ),
    Why.AHEAD: (
        N_("原来系统的时钟比本系统快 %(seconds)s 秒，不能登录。请把这句话告诉原来系统的管理员，校准时钟后再点一次。"),
        403,
    ),
    Why.REPLAYED: (N_("这次跳转已经用过，不能再用第二次。请回到原来的系统，再点一次。"), 409),
    Why.UNKNOWN_CANDIDATE: (
        N_("本系统还没有您的考籍资料，不能登录。请联系您所在地的市考办；资料导入后，请回到原来的系统，再点一次。"),
        404,
    ),
    Why.NOTHING_HERE: (
        N_(
            "没有等待确认的登录：可能已经用过、超过了 %(minutes)s 分钟，或浏览器没有保存 Cookie。"
            "请回到原来的系统，再点一次。"
        ),
        404,
    ),
}
# Why a request of a program is refused → the text of its answer, and the HTTP status.
REQUEST = {
    Why.MALFORMED: (N_("请求的签名头、编号或内容不符合格式。"), 400),
    Why.UNKNOWN_KEY: (N_("不认识这个密钥编号。"), 401),
    Why.BAD_SIGNATURE: (N_("签名不对。"), 401),
    Why.TOO_OLD: (N_("请求是 %(seconds)s 秒前签名的，只在 %(life)s 秒内有效。请校准时钟，或重新签名。"), 401),
    Why.AHEAD: (N_("签名的时间比本系统快 %(seconds)s 秒。请校准时钟。"), 401),
    Why.TOO_MANY: (N_("一次最多 %(most)s 行。请分几次发送。"), 413),
    Why.CONFLICT: (N_("这个编号已经用于另一份内容。新的内容请用新的编号。"), 409),
    Why.UNKNOWN_REQUEST: (N_("没有这个编号的请求，或已超过保存期限。"), 404),
}
