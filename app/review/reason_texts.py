"""What a picture is rejected for by a person, in words for the candidate, and what the checks are called.

For portraits the rule pack's own advice comes first; here stands what only a person can see, and what can be wrong with
a document's picture. One sentence says what is wrong, one what to do.
"""

from __future__ import annotations

from app.base.errors import N_

PORTRAITS = {
    "not_the_person": N_("照片上的人与证件不符。请本人重新拍摄。"),
    "retouched": N_("照片经过修饰。请关闭美颜和滤镜，重新拍摄。"),
    "old_photo": N_("照片不是近期拍摄的。请现在重新拍摄。"),
    "head_cover": N_("戴了帽子或头饰。请摘下后重新拍摄。"),
    "glasses": N_("眼镜反光或挡住了眼睛。请摘下眼镜或换个角度，重新拍摄。"),
    "expression": N_("表情不自然。请放松，平视镜头，重新拍摄。"),
    "clothing": N_("衣着不适合毕业证照片。请换有领的深色上衣，重新拍摄。"),
}
PAPERS = {
    "unreadable": N_("证件上的字看不清。请对准焦点，靠近重新拍摄。"),
    "cut_off": N_("证件没有拍全。请把四个角都拍进画面。"),
    "reflection": N_("证件反光。请避开灯光，换个角度重新拍摄。"),
    "wrong_document": N_("上传的不是所要求的证件。请上传登记的证件。"),
    "expired": N_("证件已过有效期。请上传有效的证件，或联系市考办。"),
    "wrong_side": N_("正反面传错了。请上传正确的一面。"),
    "not_held": N_("没有看到本人手持证件。请本人手持证件，与脸同框拍摄。"),
    "face_covered": N_("脸被证件或其他东西挡住。请露出整张脸重新拍摄。"),
    "name_differs": N_("证件上的姓名与考籍档案不一致。请核对后重新上传，或联系市考办更正档案。"),
    "number_differs": N_("证件号码与考籍档案不一致。请核对后重新上传，或联系市考办更正档案。"),
    "birth_differs": N_("出生日期与考籍档案不一致。请核对后重新上传，或联系市考办更正档案。"),
    "copy": N_("这是复印件或翻拍的屏幕。请拍摄证件原件。"),
    "edited": N_("图片有修改的痕迹。请上传未经修改的照片。"),
}
# Given by no reviewer: a list of refusals came back from the system that the photo was exported to.
OUTSIDE = {
    "refused_outside": N_("上级系统的机器检测没有接受这张照片。请看审核意见，重新拍摄。"),
}
# Offered alone, where there is no picture to look at.
MISSING = {
    "gone": N_("图片的保存期限已过，已按规定删除。请重新提交。"),
}
PIXELS = N_("像素", "check")
CHECKS = {
    "readable": N_("可读取"),
    "file_size": N_("文件大小"),
    "resolution": PIXELS,
    "under_exposure": N_("欠曝"),
    "over_exposure": N_("过曝"),
    "luminance_mean": N_("亮度"),
    "hair_line": N_("头顶位置"),
    "eye_line": N_("眼睛位置"),
    "face_width": N_("脸宽"),
    "centring": N_("居中"),
    "single_face": N_("只有一张脸"),
    "inter_eye_distance": N_("瞳距"),
    "roll": N_("头部倾斜"),
    "yaw": N_("头部转向"),
    "pitch": N_("抬头低头"),
    "shoulders": N_("双肩"),
    "eyes_open": N_("睁眼"),
    "mouth_closed": N_("闭嘴"),
    "dynamic_range": N_("层次", "check"),
    "illumination_uniformity": N_("光线均匀"),
    "natural_colour": N_("肤色自然"),
    "occlusion": N_("遮挡"),
    "background_uniformity": N_("背景干净"),
    "background_colour": N_("背景颜色"),
    "background_shadow": N_("背景影子"),
    "sharpness": N_("清晰度"),
    "motion_blur": N_("抖动"),
    "compression": N_("压缩"),
    "upscaled": N_("放大", "check"),
    "recapture": N_("翻拍"),
    "derived_size": N_("登记照片大小"),
}
