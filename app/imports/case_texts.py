"""What follows for an application under way when the records behind it change."""

from __future__ import annotations

from app.base.errors import N_

ASKED_AT_ONCE = N_("正在等待人口库比对：导入后马上用新的信息比对。")
COMPARED_AGAIN = N_("退回人口库比对：导入后用新的信息重新比对，一致后继续办理。已有的照片不会丢失。")
OFFICE_LOOKS_AGAIN = N_("正在审核：考办会看到新的信息，正打开这个申请的审核人员要重新打开后再决定。")
NOT_COMPARED = N_("这类证件不比对人口库：申请继续办理，使用新的信息。")
AFTER_APPROVAL = N_("审核已经通过，不再比对：登记表使用新的信息。请市考办核对照片和证件仍然相符。")
AFTER_SUBMISSION = N_("已经提交，状态不变：登记表和导出使用新的信息，已经打印的登记表要重新打印。")
FORECAST_UNMADE = N_("毕业预测将不再通过：申请保留，但在补齐之前考生不能提交毕业申请。")
UNMADE_TOO_LATE = N_("已经提交，但毕业预测将不再通过：系统不会自动撤回，请市考办人工处理。")
FORECAST_MADE = N_("毕业预测将重新通过：考生可以继续办理，不需要做别的。")
FORECAST_SAME = N_("毕业预测的结论不变，申请不受影响。")
