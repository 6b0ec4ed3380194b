"""What can be wrong with a file, a column, a row or a cell: what it is, and what to do next."""

from __future__ import annotations

from app.base.errors import N_

# Cells. Places: %(value)s is what stands there, cut short.
EMPTY = N_("这一格是空的，必须填写。")
TOO_LONG = N_("内容有 %(length)s 个字，最多 %(longest)s 个。")
BAD_CHARACTER = N_("含有看不见的字符或换行，请删去后重新填写。")
GARBLED = N_("含有乱码，请从原系统重新导出。")
LACKS_LETTER = N_("“%(value)s”里的“??”是原系统缺的字。请对照缺字名单填上，或用 xlsx、csv 重新导出。")
APOSTROPHE = N_("以撇号开头。请把这一列设为“文本”格式，去掉撇号后再导入。")
FULL_WIDTH = N_("“%(value)s”含有全角字符，请改成半角。")
SCIENTIFIC = N_("“%(value)s”是科学记数法，后面的数字已经丢失。请把这一列设为“文本”格式，从原系统重新填入完整的号码。")
LOST_ZEROS = N_("“%(value)s”存成了数字，开头的 0 可能已经丢失。请把这一列设为“文本”格式，重新填入。")
WRONG_DIGITS = N_("“%(value)s”应当是 %(digits)s 位。")
TOO_SHORT = N_("“%(value)s”只有 %(length)s 位，应当有 %(shortest)s 位：开头的 0 可能已经丢失。请从原系统重新填入。")
NOT_AN_ID = N_("“%(value)s”只能由数字和字母组成。")
NOT_DIGITS = N_("“%(value)s”只能由数字组成。")
NOT_RESIDENT_ID = N_("“%(value)s”不是有效的居民身份证号码：位数或校验码不对。")
NOT_ONE_OF = N_("“%(value)s”不在允许的内容里：%(choices)s。")
DATE_AS_NUMBER = N_(
    "“%(value)s”是表格软件内部的日期序号，不是日期。请把这一列设为“日期”格式，或写成 1999-04-12 这样的文本。"
)
NOT_A_DATE = N_("“%(value)s”不是日期。请写成 1999-04-12。")
WRONG_YEAR = N_("“%(value)s”的年份不对：应当在 %(first)s 到 %(last)s 之间。")
NOT_A_MONTH = N_("“%(value)s”不是年月。请写成 202404。")
NOT_A_MOMENT = N_("“%(value)s”不是时间。请写成 2026-12-01 09:00。")
NOT_A_NUMBER = N_("“%(value)s”不是 0 或正整数。")
NOT_A_SCORE = N_("“%(value)s”不是成绩。请写分数（0 到 100）或等级。")
NOT_YES_OR_NO = N_("“%(value)s”应当是“是”或“否”。")
MERGED = N_("%(range)s 是合并的单元格。请取消合并，在每一行填写内容。")
FORMULA_ERROR = N_("“%(value)s”是公式的错误值，请改成内容。")

# Rows.
MORE_CELLS = N_("这一行比表头多出 %(count)s 格。请检查多余的分隔符或引号。")
TWICE = N_("与第 %(other)s 行重复：%(value)s。同一个文件里只能出现一次。")
NO_CANDIDATE = N_("没有准考证号为“%(value)s”的考生。请先导入考生，或检查号码。")
PROGRAMME_DIFFERS = N_("这一行关于专业的内容与第 %(other)s 行不同。同一专业的各行要相同。")
NOT_REPLACEMENTS = N_("“%(value)s”不是课程代码。请写成 00143 或 00143、02628+02629。")
REPLACES_ITSELF = N_("“%(value)s”就是这一行的课程，不能顶替自己。")
REPLACED_TWICE = N_("“%(value)s”在第 %(other)s 行已经顶替另一门课程。在一个专业里，一门旧课程只能顶替一门课程。")
NO_PLACE = N_("广东没有这个地方，或几个市都有：%(value)s。请写 GB/T 2260 的名称或六位代码。")
COUNTY_TWICE = N_("“%(value)s”在第 %(other)s 行已经给了另一个考办。一个区县只能由一个考办办理。")
CLOSES_BEFORE = N_("结束时间不晚于开始时间。")
ENDS_BEFORE = N_("结束日期早于开始日期。")
BRANCH_CHANGES = N_("这名考生的申请正在办理（%(status)s），现在不能改变证件类型。请等审核结束或撤回之后再导入。")

# Files. These end an import before a row is looked at.
TOO_LARGE = N_("文件超过 %(most)s MB。请分成几个文件。")
NOT_A_TABLE = N_("这不是 xlsx、csv 或 dbf 文件。请从原系统重新导出，或另存为其中一种。")
OLD_EXCEL = N_("这是旧版 Excel（xls）或加了密码的文件。请另存为没有密码的 xlsx 后再导入。")
UNPACKS_TOO_LARGE = N_("文件解开后超过 %(most)s MB，不像一张名单。请从原系统重新导出，或分成几个文件。")
EMPTY_FILE = N_("文件是空的，没有任何内容。")
NO_ROWS = N_("文件只有表头，没有数据。")
NO_HEADINGS = N_("没有找到表头：前 %(rows)s 行里没有“%(heading)s”。请检查选择的内容是否对应这个文件。")
MISSING_COLUMNS = N_("缺少必需的列：%(columns)s。请补上，或选择另一种格式。")
MISSING_AND_UNKNOWN = N_(
    "缺少必需的列：%(columns)s。文件里这些列不认识：%(unknown)s。请改成要求的表头，补上缺少的列，或选择另一种格式。"
)
OTHER_LIST = N_("这个文件像是“%(meant)s”，不是“%(chosen)s”。请在“内容和格式”里选择“%(meant)s”，或换一个文件。")
DOUBLED_COLUMN = N_("“%(heading)s”这一列出现了两次（第 %(first)s 列和第 %(second)s 列）。请删去一列。")
SEVERAL_SHEETS = N_("工作簿里有几张工作表都符合：%(sheets)s。请只留一张。")
WRONG_SHEET = N_("没有一张工作表有所需的列。工作簿里有：%(sheets)s。最接近的是“%(sheet)s”，缺少：%(columns)s。")
BROKEN_ENCODING = N_(
    "第 %(row)s 行起的编码与前面不同：文件开头是 %(encoding)s，这里不是。请用原系统重新导出，不要拼接文件。"
)
BROKEN_CSV = N_("第 %(row)s 行里的引号不成对，或者一格太长，读不下去。请检查这一行。")
BROKEN_FILE = N_("文件已损坏或不完整，读不出来。请重新下载或导出后再试。")
CUT_OFF = N_("文件不完整：说明有 %(said)s 条记录，实际只有 %(found)s 条。请重新下载或导出后再试。")
TOO_MANY_COLUMNS = N_("有 %(count)s 列，最多 %(most)s 列。这多半不是要导入的表。")
