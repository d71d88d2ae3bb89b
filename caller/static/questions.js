/* What the desk asks before a command that needs a word more: outcome, reason, minutes, place.
   Each function answers the body of its command, or null when the clerk left. */

import {clockText} from "shared/time.js";
import {ask} from "./ask.js";
import {purpose, waitedText} from "./facts.js";
import {phraseForOutcome} from "./words.js";

const OTHER = "其他";
const HOLD_MINUTES = [5, 10, 15, 20, 30, 45];
const QUICK_OUTCOME = {consult: "咨询", delivery: "领证"};    // what a visit to this kind of queue nearly always ends with

let lastOutcome = {};                        // queue → the outcome given last; the next one is probably the same

/** next: call the next one at once. For a joint case that is here for an opinion, the outcome is the opinion. */
export async function askOutcome({ticket, hall, opinion}, next) {
  const queue = hall.queues.find((row) => row.prefix === ticket.queue);
  const chosen = lastOutcome[ticket.queue] ?? QUICK_OUTCOME[queue?.type];
  const answer = await ask({
    title: `${opinion ? "出具意见" : "办结"} ${ticket.number}`, icon: next ? "right" : "check",
    intro: opinion
      ? `联办：${purpose(ticket, hall)}，意见出具后回到 ${opinion} 号窗口，不用重新排队。`
      : `${purpose(ticket, hall)}，办理结果是？按数字直接办结。`,
    groups: [{name: "outcome", legend: "办理结果", options: numbered(hall.outcomes), chosen: oneOf(chosen, hall.outcomes)}],
    fields: [{name: "case_number", label: "办件流水号", hint: "没有可以不填", max: 40, pattern: "[\\p{L}\\p{N}_.\\/\\-]+", rule: "只用文字、数字和 - / ."}],
    phrase: ({outcome}) => (opinion ? `请您回到 ${opinion} 号窗口，号码不变，不用重新取号。` : phraseForOutcome(outcome)),
    submit: ({outcome}) => `${outcome}，${opinion ? `返回 ${opinion} 号窗口` : "办结"}${next ? "并叫下一个" : ""}`,
  });
  if (!answer) return null;
  lastOutcome = {...lastOutcome, [ticket.queue]: answer.outcome};
  return answer.case_number ? answer : {outcome: answer.outcome};
}

export async function askMiss({ticket, hall}) {
  const {within_minutes: within} = hall.return ?? {};
  return reasonOf(await ask({
    title: `${ticket.number} 过号`, icon: "miss",
    intro: `已呼叫 ${ticket.calls} 次。过号后号码不作废${within ? `，${within} 分钟内可到取号机或咨询台恢复` : ""}；人到窗口时，您也可以再叫。`,
    ...reasons(hall.miss_reasons),
    phrase: () => "您的号码已过号，请到取号机或咨询台恢复，我们会尽快为您办理。",
    submit: () => "过号",
  }));
}

export async function askGiveBack({ticket, hall}) {
  return reasonOf(await ask({
    title: `把 ${ticket.number} 退回队列`, icon: "left",
    intro: `号码和取号时间不变，回到 ${ticket.queue} 队列优先等候，由空闲窗口再叫。`,
    ...reasons(hall.give_back_reasons),
    phrase: () => "对不起，请您稍候，号码不变，马上会有窗口为您办理。",
    submit: () => "退回队列",
  }));
}

/** clock: the hall's, as the time of return goes on while one thinks. */
export async function askHold({ticket, hall}, clock) {
  const {groups: [reason], fields} = reasons(hall.hold_reasons);
  const answer = await ask({
    title: `挂起 ${ticket.number}`, icon: "hold",
    intro: "窗口空出来先办下一位；时间一到，这个号自动回来，优先叫。",
    groups: () => [{name: "minutes", legend: "多久回来", chosen: "15", options: HOLD_MINUTES.map((minutes) => (
      {value: String(minutes), label: `${minutes} 分钟`, note: timeIn(minutes, clock)}))}, reason],
    fields,
    phrase: ({minutes}) => `麻烦您${minutes} 分钟内准备好，直接回到本窗口，我们优先为您办理。`,
    submit: ({minutes}) => `挂起到 ${timeIn(minutes, clock)}`,
  });
  return answer && {...reasonOf(answer), minutes: Number(answer.minutes)};
}

/** One number on purpose: somebody missed who has come after all, or one of those waiting, with the reason on record. */
export async function askCall({missed, next, hall, now}) {
  const listed = [
    ...missed.map((row) => ({value: row.number, label: row.number, note: "过号，再叫"})),
    ...next.slice(0, 6).map((row) => ({value: row.number, label: row.number, note: waitedText(row, now)})),
  ];
  const answer = await ask({
    title: "叫指定号", icon: "search",
    intro: "不按顺序叫号会记录理由，区域负责人能看到。",
    groups: [
      ...(listed.length ? [{name: "listed", legend: "号码", options: listed, columns: 3}] : []),
      {...reasons(hall.call_reasons).groups[0], columns: 2},
    ],
    fields: [{name: "typed", label: listed.length ? "或输入号码" : "号码", hint: "例如 B047", max: 12}, ...reasons(hall.call_reasons).fields],
    submit: ({listed: row, typed}) => `叫 ${typed ? typed.toUpperCase() : row ?? ""}`,
  });
  if (!answer) return null;
  return {number: answer.typed ? answer.typed.toUpperCase() : answer.listed, ...reasonOf(answer)};
}

/** A held visit that is ready before its time; asked only where there are several. */
export async function askReady({held}) {
  if (held.length === 1) return {number: held[0].number};
  return ask({
    title: "材料已齐", icon: "check", intro: "马上回到队列，由本窗口优先叫。",
    groups: [{name: "number", legend: "哪一位", options: held.map((row, index) => (
      {value: row.number, label: row.number, note: row.held_until ? `原定 ${clockText(row.held_until)}` : "", key: index < 9 ? String(index + 1) : null}))}],
    submit: ({number}) => `${number} 材料已齐`,
  });
}

export async function askSignOff({number, window, queues}) {
  const own = queues.filter((queue) => window.queues.includes(queue.prefix));
  const waiting = own.reduce((sum, queue) => sum + queue.waiting, 0);
  const alone = own.filter((queue) => queue.waiting && queue.open_windows <= 1);
  return ask({
    title: `${number} 号窗口下岗`, icon: "closed",
    intro: alone.length
      ? `${alone.map((queue) => queue.prefix).join("、")} 队列还有人等候，下岗后暂时没有窗口办理。请先和区域负责人说一声。`
      : waiting ? `还有 ${waiting} 人等候，由其他窗口继续办理。` : "现在没有人等候。",
    submit: () => "下岗", cancel: "不下岗",
  });
}

/** "10:15": the hall's time in so many minutes. */
export function timeIn(minutes, clock) {
  return clockText(clock.iso(clock.now() + Number(minutes) * 60_000));
}

/* ── Internal ──────────────────────────────────────────────────────────── */

/** A group of reasons by digit, and a line for one's own words when none of them fits. */
export function reasons(listed) {
  const offered = listed.includes(OTHER) ? listed : [...listed, OTHER];
  return {
    groups: [{name: "reason", legend: "理由", options: numbered(offered)}],
    fields: [{name: "words", label: "补充说明", hint: "请写明原因，不写姓名和证件号", when: ({reason}) => reason === OTHER}],
  };
}

/** {reason} of an answer: the words of the clerk where they chose 其他 and wrote some. */
export function reasonOf(answer) {
  return answer && {reason: answer.reason === OTHER && answer.words ? answer.words : answer.reason};
}

export function numbered(values) {
  return values.map((value, index) => ({value, label: value, key: index < 9 ? String(index + 1) : null}));
}

function oneOf(value, values) {
  return values.includes(value) ? value : values[0];
}
