"""Values of a candidate's records that come from a fixed vocabulary, so that they can be said in English too.

Names, majors, schools and places are no vocabulary: they stay as they are recorded, as does a value that no list holds.
The ethnic groups are those of GB/T 3304, the political statuses those of GB/T 4762, as public lists give them.
"""

from __future__ import annotations

from app.base.errors import N_
from app.identity.rules import PASSPORT, PERMITS, RESIDENT_ID

SEXES = (
    N_("男"),
    N_("女"),
    N_("未知"),
)
DOCUMENT_TYPES = (
    RESIDENT_ID,
    PASSPORT,
    *PERMITS,
    N_("港澳台居民居住证"),
    N_("外国人永久居留身份证"),
    N_("军官证"),
    N_("士兵证"),
)
OVERSEAS = (
    N_("是"),
    N_("否"),
    N_("港澳"),
    N_("港澳台"),
    N_("香港"),
    N_("澳门"),
    N_("台湾"),
    N_("华侨"),
    N_("外国人"),
)
POLITICAL_STATUSES = (
    N_("中共党员"),
    N_("中共预备党员"),
    N_("共青团员"),
    N_("民革党员"),
    N_("民盟盟员"),
    N_("民建会员"),
    N_("民进会员"),
    N_("农工党党员"),
    N_("致公党党员"),
    N_("九三学社社员"),
    N_("台盟盟员"),
    N_("无党派人士"),
    N_("群众"),
)
LEVELS = (
    N_("专科"),
    N_("本科"),
    N_("硕士"),
    N_("博士"),
)
EDUCATION = (
    N_("小学毕业"),
    N_("初中毕业"),
    N_("高中毕业"),
    N_("中专毕业"),
    N_("大学专科毕业"),
    N_("大学本科毕业"),
    N_("硕士研究生毕业"),
    N_("博士研究生毕业"),
)
CATEGORIES = (
    N_("社会考生"),
    N_("在校考生"),
    N_("应用型考生"),
)
OCCUPATIONS = (
    N_("学生"),
    N_("工人"),
    N_("农民"),
    N_("军人"),
    N_("教师"),
    N_("职员"),
    N_("公务员"),
    N_("个体经营者"),
    N_("待业"),
)
SCORES = (
    N_("优秀"),
    N_("良好"),
    N_("中等"),
    N_("及格"),
    "合格",  # marked where review says it of a check
    N_("不及格"),
    N_("缺考"),
)
ANYWHERE = (
    N_("无"),
    N_("其他"),
)
ETHNIC_GROUPS = (
    N_("汉族"),
    N_("蒙古族"),
    N_("回族"),
    N_("藏族"),
    N_("维吾尔族"),
    N_("苗族"),
    N_("彝族"),
    N_("壮族"),
    N_("布依族"),
    N_("朝鲜族"),
    N_("满族"),
    N_("侗族"),
    N_("瑶族"),
    N_("白族"),
    N_("土家族"),
    N_("哈尼族"),
    N_("哈萨克族"),
    N_("傣族"),
    N_("黎族"),
    N_("傈僳族"),
    N_("佤族"),
    N_("畲族"),
    N_("高山族"),
    N_("拉祜族"),
    N_("水族"),
    N_("东乡族"),
    N_("纳西族"),
    N_("景颇族"),
    N_("柯尔克孜族"),
    N_("土族"),
    N_("达斡尔族"),
    N_("仫佬族"),
    N_("羌族"),
    N_("布朗族"),
    N_("撒拉族"),
    N_("毛南族"),
    N_("仡佬族"),
    N_("锡伯族"),
    N_("阿昌族"),
    N_("普米族"),
    N_("塔吉克族"),
    N_("怒族"),
    N_("乌孜别克族"),
    N_("俄罗斯族"),
    N_("鄂温克族"),
    N_("德昂族"),
    N_("保安族"),
    N_("裕固族"),
    N_("京族"),
    N_("塔塔尔族"),
    N_("独龙族"),
    N_("鄂伦春族"),
    N_("赫哲族"),
    N_("门巴族"),
    N_("珞巴族"),
    N_("基诺族"),
)

RECORDED = frozenset(
    (
        *SEXES,
        *DOCUMENT_TYPES,
        *OVERSEAS,
        *POLITICAL_STATUSES,
        *LEVELS,
        *EDUCATION,
        *CATEGORIES,
        *OCCUPATIONS,
        *SCORES,
        *ANYWHERE,
        *ETHNIC_GROUPS,
    )
)

# The columns of a candidate that forms and lists show just as they are recorded.
AS_RECORDED = (
    "exam_number",
    "name",
    "sex",
    "id_type",
    "id_number",
    "ethnic_group",
    "political_status",
    "level",
    "native_place",
    "overseas",
    "education",
    "category",
    "occupation",
    "assisting_school",
    "address",
)
