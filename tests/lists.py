"""Lists as an examination office of Guangdong has them, made here: people who do not exist, in real counties.

Their ID numbers are valid and carry the sequence 000, which is never issued. The same seed makes the same lists.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import xlsxwriter

from app.application.place_rules import City, Place, cities
from app.base.clock import in_shanghai
from app.demo.study import programmes

Row = Mapping[str, str]
SURNAMES = "陈李黄张梁林刘吴罗杨王何郑谢钟邓叶曾周廖赖冯彭温古蔡邱欧卢丘骆苏江区关麦莫伍冼"
TWO_SURNAMES = ("欧阳", "司徒", "上官")
GIVEN = "伟敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红梅建文辉嘉欣子轩梓浩俊怡颖晓彤婉仪志思远健豪雅琴慧"
FIRST_BIRTHDAY, BIRTHDAYS = date(1975, 1, 1), 365 * 30
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643
PROGRAMME = "A050226"
SPELT_OUT = 2  # offices whose counties are listed
KINDS = {"required": "必考", "practical": "实践", "thesis": "论文", "elective": "选考", "added": "加考"}


def id_number(county: str, born: date, sequence: int) -> str:
    """A number of this county and day; `sequence` below 1,000."""
    first = f"{county}{born:%Y%m%d}{sequence:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(first, WEIGHTS, strict=True))
    return first + "10X98765432"[total % 11]


@cache
def places() -> tuple[tuple[City, Place], ...]:
    """Every county with its city."""
    return tuple((city, place) for city in cities() for place in city.places)


def candidates(count: int, seed: int = 1) -> list[dict[str, str]]:
    """So many people with the headings of the records; no two share a number."""
    chance = random.Random(seed)
    return [_candidate(chance, number) for number in range(1, count + 1)]


def _candidate(chance: random.Random, number: int) -> dict[str, str]:
    city, place = places()[number % len(places())]
    born = FIRST_BIRTHDAY + timedelta(days=number * 7919 % BIRTHDAYS)
    county = "" if place.code == city.code else place.name
    return _studies() | {
        "准考证号": f"0101{number:08d}",
        "姓名": _name(chance),
        "性别": chance.choice("男女"),
        "出生日期": born.isoformat(),
        "证件类型": "居民身份证",
        "证件号": id_number(place.code, born, 0),
        "户口所在地省": "广东省",
        "户口所在地市": city.name,
        "户口所在地县": county,
        "民族": chance.choices(["汉族", "壮族", "瑶族", "畲族"], [96, 2, 1, 1])[0],
        "政治面貌": chance.choice(["群众", "共青团员", "中共党员"]),
        "籍贯": "广东",
        "港澳台侨": "否",
        "学历": "高中毕业",
        "考生类别": "社会考生",
        "职业": chance.choice(["职员", "工人", "学生", "其他"]),
        "联系电话": f"13{chance.randrange(10**9):09d}",
        "助学单位": "无",
        "通讯地址": f"广东省{city.name}{county}样例路 {number} 号",
    }


def _name(chance: random.Random) -> str:
    surname = chance.choice(TWO_SURNAMES) if chance.random() < 0.02 else chance.choice(SURNAMES)
    return surname + "".join(chance.choices(GIVEN, k=1 if chance.random() < 0.15 else 2))


@cache
def _studies() -> dict[str, str]:
    """The columns that say what all of them study."""
    found = next(each for each in programmes() if each["code"] == PROGRAMME)
    return {
        "层次": found["level"],
        "报考专业": f"{PROGRAMME} {found['name']}",
        "专业建设主考学校": found["programme_university"],
        "课程组": found["course_group"],
        "承办主考学校": found["programme_university"],
    }


def programme() -> list[dict[str, str]]:
    """The programme that all of them study, a row a course."""
    found = next(each for each in programmes() if each["code"] == PROGRAMME)
    old = {new: old for old, new, _way in found["replacements"]}
    [note] = found["notes"]
    whole = {
        "专业代码": PROGRAMME,
        "专业名称": found["name"],
        "层次": found["level"],
        "专业建设主考学校": found["programme_university"],
        "课程组": found["course_group"],
        "选考学分": str(found["elective_credits"]),
    }
    return [
        whole
        | {"课程代码": code, "课程名称": name, "学分": str(credits), "课程性质": KINDS[kind]}
        | {"顶替的旧课程": old.get(code, "")}
        | ({"备注": note["text"], "备注至少门数": str(note["at_least"])} if code in note["courses"] else {})
        for code, name, credits, kind in found["courses"]
    ]


def offices() -> list[dict[str, str]]:
    """The province's, one a city, and the counties of the first two spelt out."""
    hours = {"办公时间": "工作日 9:00–12:00，14:30–17:00", "现场提交材料": "本人身份证原件；毕业生登记表两份"}
    province = {"考办代码": "GD", "考办名称": "省考办", "级别": "省", "联系方式": "020-00000001（样例）"}
    return [province | hours, *(_office(number, city) | hours for number, city in enumerate(cities()))]


def _office(number: int, city: City) -> dict[str, str]:
    return {
        "考办代码": f"C{city.code}",
        "考办名称": f"{city.name}考办",
        "级别": "市",
        "地市": city.name if number % 2 else city.code,
        "联系方式": f"{city.name}招生考试办公室，电话 0000-00000000（样例）",
        "区县": "、".join(place.name for place in city.places) if number < SPELT_OUT else "",
        "地址": f"广东省{city.name}样例路 1 号",
    }


def batches(now: datetime) -> list[dict[str, str]]:
    """One that is open now, and the one after it."""
    first = in_shanghai(now).date().replace(day=1)
    months = [first + timedelta(days=31 * each) for each in (0, 6)]
    return [
        {
            "毕业年月": f"{month:%Y%m}",
            "开始时间": f"{month - timedelta(days=40):%Y-%m-%d} 09:00",
            "结束时间": f"{month + timedelta(days=80):%Y-%m-%d} 17:00",
        }
        for month in months
    ]


def results(people: Sequence[Row], seed: int = 2) -> Iterator[dict[str, str]]:
    """A pass in each course of the programme."""
    chance = random.Random(seed)
    courses = next(each for each in programmes() if each["code"] == PROGRAMME)["courses"]
    for person in people:
        for code, name, _credits, kind in courses:
            practical = kind in ("practical", "thesis")
            yield {
                "准考证号": person["准考证号"],
                "课程代码": code,
                "课程名称": name,
                "成绩": "合格" if practical else str(chance.randrange(60, 95)),
                "考试年月": f"20{chance.randrange(22, 26)}{chance.choice(['04', '10'])}",
                "是否合格": "是",
                "考核主考学校": person["承办主考学校"] if practical else "",
                "考核专业代码": PROGRAMME if practical else "",
            }


def register(people: Sequence[Row]) -> Iterator[dict[str, str]]:
    """What the population register knows of them."""
    for person in people:
        yield {
            "身份证号": person["证件号"],
            "姓名": person["姓名"],
            "性别": person["性别"],
            "出生日期": person["出生日期"].replace("-", ""),
        }


def write_csv(path: Path, rows: Sequence[Row], encoding: str = "utf-8-sig") -> Path:
    """With the headings of the first row and whatever others have beside them."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, _headings(rows), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_xlsx(path: Path, rows: Sequence[Row]) -> Path:
    """One sheet, every cell a text."""
    headings = _headings(rows)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("名单")
        sheet.write_row(0, 0, headings)
        for at, row in enumerate(rows, start=1):
            for column, heading in enumerate(headings):
                sheet.write_string(at, column, row.get(heading, ""))
    return path


def _headings(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(heading for row in rows for heading in row))
