"""In which browser and on what somebody is, in rough words; never used to decide anything."""

from __future__ import annotations

from app.base.errors import N_

# The first mark that a user agent carries names its family: in-app browsers before what they are built on.
BROWSERS = (
    ("MicroMessenger", N_("微信")),
    ("QQ/", "QQ"),
    ("AlipayClient", N_("支付宝")),
    ("HuaweiBrowser", N_("华为浏览器")),
    ("MiuiBrowser", N_("小米浏览器")),
    ("UCBrowser", "UC"),
    ("EdgA", "Edge"),
    ("Edg/", "Edge"),
    ("Firefox", "Firefox"),
    ("CriOS", "Chrome iOS"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("OpenHarmony", "HarmonyOS"),
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
OTHER = N_("其他浏览器")
BETWEEN = " · "


def browser_family(user_agent: str) -> str:
    """A rough name for support to read aloud."""
    return next((name for mark, name in BROWSERS if mark in user_agent), OTHER)


def device_words(user_agent: str) -> str:
    """Browser and system, as the list of one's logins shows them."""
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return BETWEEN.join(filter(None, (browser_family(user_agent), system)))
