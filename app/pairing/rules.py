"""The life of a pairing, without a database."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from app.application.audit_rules import Action
from app.application.status_row_rules import Subject
from app.application.status_rules import STATUSES
from app.application.workflow import Status
from app.base.errors import INCOMPLETE, N_, Refused
from app.base.tokens import Tokens
from app.pairing.texts import CONFIRMED, PHOTOGRAPHING, SENDING


class State(StrEnum):
    """How far a pairing has come."""

    ISSUED = "issued"
    CLAIMED = "claimed"
    CONFIRMED = "confirmed"
    RECEIVED = "received"


class End(StrEnum):
    """Why a pairing is over.

    REISSUED: support made another; LOCKED: a link from support was opened with wrong characters too often;
    SAVED: the portrait is kept, and pictures of the document are wanted before anything is handed in.
    """

    EXPIRED = "expired"
    REPLACED = "replaced"
    REISSUED = "reissued"
    REVOKED = "revoked"
    LOCKED = "locked"
    NOT_MINE = "not_mine"
    HANDED_OVER = "handed_over"
    SAVED = "saved"
    LOGGED_OUT = "logged_out"
    WITHDRAWN = "withdrawn"


class EventCode(StrEnum):
    """What is written into the history of a pairing: what the phone says of itself, what was done to it, its End."""

    ISSUED = "issued"
    SUPPORT_LINK = "support_link"
    CLAIMED = "claimed"
    CLAIMED_HERE = "claimed_here"
    CLAIMED_TYPED = "claimed_typed"
    MOVED = "moved"
    MOVED_BACK = "moved_back"
    EXPIRED_SCAN = "expired_scan"
    SECOND_CLAIM = "second_claim"
    LAST4_WRONG = "last4_wrong"
    CODE_WRONG = "code_wrong"
    CODE_USED_UP = "code_used_up"
    ONLINE = "online"
    OFFLINE = "offline"

    CONFIRMED = "confirmed"
    CAMERA_READY = "camera_ready"
    SENDING = "sending"
    FILE_CHOSEN = "file_chosen"
    CAMERA_DENIED = "camera_denied"
    CAMERA_MISSING = "camera_missing"
    CAMERA_BUSY = "camera_busy"
    CAMERA_FAILED = "camera_failed"
    CAMERA_INSECURE = "camera_insecure"

    PICTURE_SHOWN = "picture_shown"
    IN_PIECES = "in_pieces"
    RECEIVED = "received"
    PICTURE_REFUSED = "picture_refused"
    RETAKE = "retake"
    LOST = "lost"
    DOCUMENT_RECEIVED = "document_received"

    EXPIRED = "expired"
    REPLACED = "replaced"
    REISSUED = "reissued"
    REVOKED = "revoked"
    LOCKED = "locked"
    NOT_MINE = "not_mine"
    HANDED_OVER = "handed_over"
    SAVED = "saved"
    LOGGED_OUT = "logged_out"
    WITHDRAWN = "withdrawn"


class Purpose(StrEnum):
    """What a token is for, with its own salt."""

    QR = "qr"
    TRANSFER = "transfer"
    SUPPORT = "support"
    TYPED = "typed"


class LinkSigners(dict[Purpose, Tokens]):
    """What signs and verifies the links of each purpose."""


NO_MORE_HERE = ("too_many", N_("这次连接的上传次数已用完。请在电脑上点“重新生成二维码”，再扫一次。"), 429, 60)

# How the audit calls each end.
ENDED = {end: Action(f"pairing_{end}") for end in End}

# What a phone may say of itself.
PROGRESS: dict[str, str] = {
    EventCode.CONFIRMED: CONFIRMED,
    EventCode.CAMERA_READY: PHOTOGRAPHING,
    EventCode.SENDING: SENDING,
    EventCode.FILE_CHOSEN: N_("已从手机选择照片"),
    EventCode.CAMERA_DENIED: N_("手机上的摄像头权限被拒绝。请按手机上的提示打开权限，或改用“上传照片”。"),
    EventCode.CAMERA_MISSING: N_("手机上没有找到摄像头。请换一部手机，或改用“上传照片”。"),
    EventCode.CAMERA_BUSY: N_("手机的摄像头正被其他程序占用。请关闭其他程序后重试。"),
    EventCode.CAMERA_FAILED: N_("手机的摄像头没有打开。请在手机上点“重试”，或换一个浏览器打开。"),
    EventCode.CAMERA_INSECURE: N_("手机上的浏览器不能使用摄像头。请换一个浏览器打开，或改用“上传照片”。"),
}


TROUBLES = (
    EventCode.CAMERA_DENIED,
    EventCode.CAMERA_MISSING,
    EventCode.CAMERA_BUSY,
    EventCode.CAMERA_FAILED,
    EventCode.CAMERA_INSECURE,
)


def is_trouble(code: str) -> bool:
    """Whether this code is a reason why nothing moves on."""
    return code in TROUBLES


def check_progress(code: str) -> EventCode:
    """The code, or Refused when it is not in the closed list."""
    if code not in PROGRESS:
        raise Refused("bad_request", INCOMPLETE, 400)
    return EventCode(code)


def subject_for(status: Status) -> Subject:
    """What a phone would be asked to take now; Refused when nothing is."""
    takes = STATUSES[status].takes
    if takes is None:
        raise Refused("not_now", N_("现在不需要拍照。请刷新页面，查看申请的状态。"), 409)
    return takes


def permission_ends(claimed_at: datetime, minutes: int) -> datetime:
    """When a phone that claimed then may no longer send; there is no idle limit."""
    return claimed_at + timedelta(minutes=minutes)
