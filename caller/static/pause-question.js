/* The question before a pause (短暂离岗, clauses 3.2.3 and 4.2.2.5): what will follow is shown before the press. */

import {html} from "shared/dom.js";
import {icon} from "shared/icons.js";
import {ask} from "./ask.js";
import {fullStaff} from "./facts.js";
import {reasonOf, reasons, timeIn} from "./questions.js";

export const RELIEF = "relief";              // the offer that comes before any absence (clause 3.2.3)

/** The body of `pause`, {offer: RELIEF}, or null. clock: the hall's, as the time of return goes on while one thinks. */
export async function askPause(facts, clock) {
  const {hall, ticket, number} = facts;
  const {groups: [reason], fields} = reasons(hall.pause_reasons);
  const limit = hall.pause_limit_minutes;
  const spans = [5, 10, 15].filter((minutes) => minutes <= limit);
  if (!spans.includes(limit)) spans.push(limit);
  const span = (minutes) => ({value: String(minutes), label: ticket ? `办完后 ${minutes} 分钟` : `${timeIn(minutes, clock)}，${minutes} 分钟`});
  const answer = await ask({
    title: `${number} 号窗口${ticket ? "办完后" : ""}短暂离岗`, icon: "pause",
    groups: () => [reason, {name: "minutes", legend: `预计回来　最长 ${limit} 分钟，更久请备案关闭`, chosen: String(limit), options: spans.map(span)}],
    offers: [{value: RELIEF, key: "0", icon: "people", label: "先请人补岗，窗口不停", note: "接替的人输入自己的密码，或请区域负责人派人"}],
    fields: ticket ? fields : [...fields, {name: "relief", label: "暂停时请谁来补岗", hint: "工号，可以不填；区域负责人会看到", max: 16}],
    submit: ({minutes}) => (ticket ? `办完 ${ticket.number} 后暂停 ${minutes} 分钟` : `暂停到 ${timeIn(minutes, clock)}`),
    aside: ({minutes}) => consequences(facts, ticket ? null : timeIn(minutes, clock)),
  });
  if (!answer || answer.offer) return answer;
  const relief = answer.relief ? {relief: fullStaff(answer.relief, hall)} : {};
  return {...reasonOf(answer), minutes: Number(answer.minutes), ...relief};
}

function consequences({hall, number, ticket, window, queues}, until) {
  return html`<h3>${ticket ? `办结 ${ticket.number} 后，群众会看到` : "按下后，群众会看到"}</h3>
    <div class="mini"><span class="plate num">${number}</span><div>暂停服务<b class="num">${until ?? "几点恢复"}</b>${until ? "恢复" : "办结时写明"}</div></div>
    <ul class="follows">
      <li>${icon("bell")}<span>不再向本窗口叫号</span></li>
      <li>${icon("clock")}<span>${effect(queues.filter((queue) => window.queues.includes(queue.prefix)))}</span></li>
      <li>${icon("shield")}<span>自动报备区域负责人${supervisor(hall, number)}</span></li>
      <li>${icon("doc")}<span>记入离岗台账，${hall.pause_warn_minutes} 分钟提醒，${hall.pause_limit_minutes} 分钟上报</span></li>
      <li>${icon("lock")}<span>本机锁定，回来输密码</span></li>
    </ul>`;
}

/** What a pause does to those who wait for this window's own queues. */
function effect(queues) {
  const waiting = queues.filter((queue) => queue.waiting);
  const people = waiting.reduce((sum, queue) => sum + queue.waiting, 0);
  const alone = waiting.filter((queue) => queue.open_windows <= 1).map((queue) => queue.prefix);
  if (!people) return "现在没有人等候，新来的人会看到暂停";
  if (!alone.length) return `${people} 位等候者的时间马上重估`;
  return html`${people} 位等候者的时间马上重估，<b>${alone.join("、")} 队列没有别的窗口，要等您回来</b>`;
}

function supervisor(hall, number) {
  const zone = hall.windows.find((row) => row.number === number)?.zone;
  const name = hall.zones.find((row) => row.id === zone)?.supervisor;
  return name ? ` ${name}` : "";
}
