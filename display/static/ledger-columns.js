// The ledgers: their names, and each column's head and how its value (of a row, in a hall) reads. mark is what somebody should notice: {level, sign, word}.

import {clockText, dayText} from "shared/time.js";
import {INCIDENTS, placeWords} from "./incident-words.js";

const day = ["日期", ({business_day: date}) => dayText(date).split(" ")[0]];
const window = ["窗口", ({window: number}) => number ?? "—"];
const clerk = ["工号", ({clerk: staff}) => staff ?? "—"];
const clock = (name, field, missing = "—") => [name, (row) => (row[field] ? clockText(row[field]) : missing)];
const text = (name, field) => [name, (row) => row[field] ?? ""];
const person = (name, field) => [name, (row) => row[field]?.split(":").at(-1) ?? "—"];

const alarm = (word) => ({level: "alarm", sign: "alert", word});
const warn = (word) => ({level: "warn", sign: "clock", word});
const good = (word) => ({level: "good", sign: "check", word});

const RESULTS = {ok: "正常", fault: "故障", absent: "没有"};
const CHECKED = {console: "叫号台", screen: "窗口屏", voice: "语音", evaluator: "评价器", printer: "打印机", clock: "时钟"};
const CLOSURES = {filed: "待批准", approved: "已批准", running: "关闭中", over: "已结束", withdrawn: "已撤回"};
const OVERRIDES = {
  called_on_purpose: "指定叫号", walk_in: "无号直办", put_first: "优先置顶", priority: "优先人群", moved: "改队列", lent: "窗口支援",
};

export const LEDGERS = {
  attendance: {name: "上岗", columns: [day, window, clerk, clock("上岗", "from"), clock("下岗", "to", "在岗"), ["提前", earliness]], marks: attendanceMarks},
  empty: {name: "空岗", columns: [day, window, ["平时", clerk[1]], clock("从", "from"), clock("到", "to", "至今"), ["分钟", ({minutes}) => minutes]],
    marks: ({to}) => [to ? warn("空岗") : alarm("正在空岗")]},
  absence: {name: "离岗", columns: [day, window, clerk, clock("离开", "from"), clock("回来", "to", "未归"), text("原因", "reason"), clock("说好", "until"),
    clock("报备", "reported_at"), clock("知悉", "acknowledged_at"), clock("提醒", "warned_at"), clock("升级", "escalated_at"), ["超时", overrun]], marks: absenceMarks},
  closures: {name: "关闭备案", columns: [day, window, ["从", ({began_at: began, begins_at: from}) => moment(began ?? from)],
    ["到", ({ended_at: ended, ends_at: to}) => moment(ended ?? to)], text("原因", "reason"), text("人员去向", "staff_to"), person("报备人", "filed_by"),
    person("批准人", "approved_by")], marks: ({state}) => [{level: state === "filed" ? "warn" : "plain", sign: state === "over" ? "check" : "closed", word: CLOSURES[state] ?? state}]},
  incidents: {name: "突发", columns: [day, clock("时间", "reported_at"), ["情况", ({type}) => INCIDENTS[type] ?? type], ["地点", ({place}, hall) => placeWords(place, hall)], person("报告人", "reporter"),
    person("接手", "taken_by"), clock("接手时间", "taken_at"), clock("处置完毕", "closed_at"), text("说明", "note"), text("处置", "closing_note")], marks: incidentMarks},
  "self-checks": {name: "自检", columns: [day, window, clerk, clock("时间", "at"), ...Object.entries(CHECKED).map(([field, name]) => [name, (row) => RESULTS[row[field]] ?? "—"])],
    marks: ({faults}) => [faults ? alarm("有故障") : good("正常")]},
  overrides: {name: "特办", columns: [day, clock("时间", "at"), ["做法", ({kind}) => OVERRIDES[kind] ?? kind], ["号码", ({number}) => number ?? "—"], window,
    person("经办", "by"), ["原因", ({reason}) => reason ?? "—"]], marks: () => []},
};

/* ── Internal ──────────────────────────────────────────────────────────── */

function moment(iso) {
  return `${dayText(iso).split(" ")[0]} ${clockText(iso)}`;
}

function earliness({minutes_early: minutes}) {
  if (minutes === null || minutes === undefined) return "—";
  return minutes >= 0 ? `${minutes} 分` : `晚 ${-minutes} 分`;
}

function attendanceMarks({late, early_off: early, ended_by_clock: byClock}) {
  return [late && warn("迟到"), early && warn("早退"), byClock && {level: "plain", sign: "clock", word: "系统退出"}, !late && !early && good("正常")].filter(Boolean);
}

function overrun({overrun_seconds: seconds}) {
  if (!seconds) return "—";
  return seconds < 60 ? `${seconds} 秒` : `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`;
}

function absenceMarks({overrun_seconds: seconds, to}) {
  if (seconds > 0) return [alarm("超时")];
  return [to ? good("按时") : {level: "plain", sign: "pause", word: "离岗中"}];
}

function incidentMarks({state}) {
  return [{open: alarm("没有人接"), taken: warn("处理中"), closed: good("已处置")}[state]];
}
