"""What the PC beside the camera shows of the phone's prompts, and how the phone asks for its picture to be shown there.

`PROMPTS` is also the list of what may be relayed: a phone says a key of it, and the PC looks its words up here.
"""

from __future__ import annotations

from app.base.errors import N_
from app.phone import camera_texts, live_texts

TEXTS = {
    "beside.show": N_("在电脑上显示取景画面"),
    "beside.ask": N_("画面从手机直接传到您的电脑，不经过服务器，也不保存。离开取景就停止。"),
    "beside.yes": N_("显示"),
    "beside.no": N_("不显示"),
    "beside.said-on": N_("取景画面将显示在电脑上。"),
    "beside.said-off": N_("电脑上不再显示取景画面。"),
    "beside.failed": N_("手机和电脑之间没有直接的连接，电脑上只显示提示。"),
}
OF_THE_SCREEN = ("live.auto.",)  # what is no prompt
# Somebody else holds the phone and is told so there; whoever is in the picture is asked for this.
ASKED_OF_THE_PERSON = ("live.under_exposure.", "live.illumination_uniformity.", "live.roll.", "live.yaw.")


def _for_the_person(key: str) -> str:
    """The key of the words for whoever is in the picture: these also stand when a helper presses the shutter."""
    if key == "live.well":
        return "live.closing"
    asked = key.startswith(ASKED_OF_THE_PERSON) and not key.endswith(".self")
    return f"{key}.self" if asked else key


PROMPTS = {
    "shoot.prompt": camera_texts.TEXTS["shoot.prompt"],
    **{
        key: live_texts.TEXTS[_for_the_person(key)]
        for key in live_texts.TEXTS
        if key.startswith("live.") and not key.startswith(OF_THE_SCREEN)
    },
}
