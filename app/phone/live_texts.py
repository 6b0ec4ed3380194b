"""What is said while framing, short enough for one glance.

A key without an ending speaks to the one who holds the phone for somebody, `.self` to the person who films himself.
"""

from __future__ import annotations

from app.base.errors import N_


def both(key: str) -> tuple[str, str]:
    """The keys of a text that is said to either."""
    return key, f"{key}.self"


def either(key: str, ending: str = "") -> tuple[str, str]:
    """The keys of a text that does not say which way it is wrong."""
    return f"{key}.too_low{ending}", f"{key}.too_high{ending}"


TEXTS = {
    "live.well": N_("位置合适，请保持不动并按下拍照键"),
    "live.closing": N_("位置合适，请保持不动，即将拍照"),
    **dict.fromkeys(both("live.single_face.too_low"), N_("没有看到脸，请对准椭圆")),
    **dict.fromkeys(both("live.single_face.too_high"), N_("请其他人走出画面", "self")),
    "live.under_exposure.too_high": N_("脸太暗，请对方面向光源"),
    "live.under_exposure.too_high.self": N_("脸太暗，请面向窗户或灯"),
    **dict.fromkeys(both("live.over_exposure.too_high"), N_("脸太亮，请避开强光")),
    "live.face_width.too_low": N_("太远，请走近一点"),
    "live.face_width.too_low.self": N_("太远，请靠近一点"),
    **dict.fromkeys(both("live.face_width.too_high"), N_("太近，请退后一点", "self")),
    "live.few-pixels": N_("摄像头像素少，请再近一点"),
    "live.inter_eye_distance.too_low": N_("请走近一点"),
    "live.inter_eye_distance.too_low.self": N_("请靠近一点"),
    "live.centring.left": N_("手机向左移一点"),
    "live.centring.left.self": N_("请向左移一点"),
    "live.centring.right": N_("手机向右移一点"),
    "live.centring.right.self": N_("请向右移一点"),
    **dict.fromkeys(both("live.eye_line.too_low"), N_("手机抬高一点")),
    **dict.fromkeys(both("live.eye_line.too_high"), N_("手机放低一点")),
    **dict.fromkeys(both("live.hair_line.too_low"), N_("头顶太靠上，手机抬高一点")),
    **dict.fromkeys(both("live.hair_line.too_high"), N_("头顶太靠下，手机放低一点")),
    **dict.fromkeys((*either("live.roll"), *either("live.roll", ".self")), N_("头歪了，请把头摆正", "self")),
    **dict.fromkeys(either("live.yaw"), N_("请对方正对镜头")),
    **dict.fromkeys(either("live.yaw", ".self"), N_("请正对镜头")),
    **dict.fromkeys(("live.derived_size.too_high", "live.derived_size.too_high.self"), N_("花纹太多，请换素色上衣")),
    **dict.fromkeys(("live.derived_size.too_low", "live.derived_size.too_low.self"), N_("细节太少，请到更亮处")),
    "live.eyes_open.too_high": N_("请对方睁开眼睛"),
    "live.eyes_open.too_high.self": N_("请睁开眼睛"),
    **dict.fromkeys(both("live.luminance_mean.too_low"), N_("有点暗，请到亮处")),
    **dict.fromkeys(both("live.luminance_mean.too_high"), N_("有点亮，请避开强光")),
    **dict.fromkeys(both("live.illumination_uniformity.too_low"), N_("脸上一边暗，请让脸正对光源", "self")),
    **dict.fromkeys(both("live.background_uniformity.too_high"), N_("背景杂乱，请换一面白墙")),
    **dict.fromkeys(both("live.background_colour.too_high"), N_("请换一面白墙")),
    "live.sharpness.too_low": N_("不清晰，请拿稳并对焦"),
    "live.sharpness.too_low.self": N_("不清晰，请拿稳，擦一下镜头"),
    "live.auto.on": N_("自动拍照：开"),
    "live.auto.off": N_("自动拍照：关"),
    "live.auto.said-on": N_("对准后自动拍照。"),
    "live.auto.said-off": N_("请自己按拍照键。"),
    "still.good": N_("初步检查未发现问题，最终以系统检查结果为准。"),
}
