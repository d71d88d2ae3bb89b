// What a wall says about the time of day: `{kind, sign, word, text, resumes}`, or null while the hall is simply open. In the
// tone of the standard: what comes next and when, never only that something is over. `resumes` is the short form for a queue
// that nobody serves until then.

import {windowsText} from "shared/place.js";
import {clockText, dayText} from "shared/time.js";

export function phaseWords(picture, hall) {
  return PHASES[picture.phase]?.(picture, hall) ?? null;
}

const PHASES = {
  before_open: (picture, hall) => ({
    kind: "rest", sign: "clock", word: "您好",
    text: `${opening(picture, hall)}开始办理，提前 ${hall.hours.kiosk_open_minutes_before} 分钟可以取号`,
    resumes: `${opening(picture, hall)}开始`,
  }),
  closing_soon: (picture) => ({
    kind: "warn", sign: "clock", word: "临近下班",
    text: `${picture.phase_until ? clockText(picture.phase_until) : "稍后"} 停止取号，已取号的办事群众请放心等候`,
  }),
  lunch: (picture, hall) => ({
    kind: "rest", sign: "clock", word: "午间休息",
    text: `${opening(picture, hall)}继续办理${onDuty(picture)}`,
    resumes: `${opening(picture, hall)}继续`,
  }),
  after_hours: (_, hall) => ({
    kind: "after", sign: "moon", word: "延时服务",
    text: `${hall.short_name}正在提供延时服务，已取号的办事群众请放心等候`,
    resumes: "停止取号",
  }),
  closed: (picture, hall) => ({
    kind: "rest", sign: "clock", word: "今天的服务已结束",
    text: `${opening(picture, hall)}再为您服务，咨询请拨 ${hall.hotline}`,
    resumes: "停止取号",
  }),
};

function onDuty({windows}) {
  const numbers = windows.filter(({state}) => state !== "closed").map(({number}) => number);
  return numbers.length ? `，${windowsText(numbers)} 号窗口值班` : "";
}

/** When the hall opens next, with a space behind: "09:00 ", "明天 09:00 ", "11月27日 星期五 09:00 "; "" when unknown. */
export function opening({phase_until: until, now}, hall) {
  const next = until ?? hall.hours.next_open_at;
  return next ? `${dayWord(next, now)}${clockText(next)} ` : "";
}

function dayWord(iso, now) {
  const days = (Date.parse(iso.slice(0, 10)) - Date.parse(now.slice(0, 10))) / 86_400_000;
  return ["", "明天 "][days] ?? `${dayText(iso)} `;
}
