// What a lead or the manager does about the hall: put a number first, move people to another queue, answer an incident, evacuate.
// As in window-acts.js each act gives the words that tell what was done, or null.

import {command} from "shared/command.js";
import {splitName} from "shared/place.js";
import {askBoard} from "./board-question.js";
import {INCIDENTS, placeWords} from "./incident-words.js";

const options = (values) => values.map((value) => ({value, label: value}));

/** A waiting number before everybody without priority; the ledger of overrides keeps why (3.2.6). */
export async function putFirst({hall}) {
  const made = await askBoard({
    title: "让一个号码优先", sign: "down", submit: "排到最前", intro: "号码不变，排在没有优先的人前面；谁、为什么，都记入特办台账",
    fields: [
      {kind: "text", name: "number", label: "号码", hint: "如 B012", required: true, max: 12},
      {kind: "choice", name: "reason", label: "原因", options: options(hall.call_reasons)},
    ],
    send: ({number, reason}) => command("put-first", {number, reason}),
  });
  return made && `${made.ticket.number} 已排到最前`;
}

/** Everybody who waits in a queue that nobody serves waits in another; numbers and first arrival stay. */
export async function moveQueue({picture, hall}, queue) {
  const row = picture.queues.find(({id}) => id === queue);
  const open = picture.queues.filter(({id, open_windows: windows}) => id !== queue && windows > 0);
  const moved = await askBoard({
    title: `${splitName(row.name).name} ${queue} 的 ${row.waiting} 人改到其他队列`, sign: "swap", submit: "全部改到这个队列",
    intro: open.length ? "号码和先后不变，手机页马上告诉本人；请同时到等候区说明" : "现在没有开着窗口的队列，请先开窗或借窗",
    fields: open.length ? [
      {kind: "select", name: "to", label: "改到", options: open.map(({id, name, waiting}) => ({value: id, label: `${id} ${splitName(name).name}（等候 ${waiting} 人）`}))},
      {kind: "choice", name: "reason", label: "原因", options: options(hall.closure_reasons)},
    ] : [],
    send: async ({to, reason}) => ({...(await command(`queues/${queue}/move`, {to, reason})), to}),
  });
  return moved && `${moved.moved} 人已从 ${queue} 改到 ${moved.to}`;
}

// Incidents (4.2.2.6)

export async function takeIncident({hall}, id) {
  const {incident} = await command(`incidents/${id}/take`);
  return `您去处理：${placeWords(incident.place, hall)}${INCIDENTS[incident.type] ?? incident.type}`;
}

export async function closeIncident({picture, hall}, id) {
  const row = picture.incidents.find((incident) => incident.id === id);
  const done = await askBoard({
    title: `${placeWords(row.place, hall)}：${INCIDENTS[row.type]}，处置完毕`, sign: "check", submit: "处置完毕", intro: "写下怎样处置的，记入突发台账；不要写个人信息",
    fields: [{kind: "text", name: "note", label: "处置情况", hint: "可以不填"}],
    send: ({note}) => command(`incidents/${id}/close`, note ? {note} : {}),
  });
  return done && `${placeWords(row.place, hall)}的${INCIDENTS[row.type]}已处置完毕`;
}

export async function reportIncident({hall}) {
  const places = [...hall.zones.map(({id, name}) => ({value: id, label: name})), ...hall.windows.map(({number}) => ({value: String(number), label: `${number} 号窗口`}))];
  const made = await askBoard({
    title: "报告突发情况", sign: "alert", submit: "马上报告", intro: "大厅管理员和区域负责人马上看到",
    fields: [
      {kind: "choice", name: "type", label: "什么情况", options: hall.incident_types.map((type) => ({value: type, label: INCIDENTS[type] ?? type}))},
      {kind: "select", name: "place", label: "在哪里", options: places},
      {kind: "text", name: "note", label: "说明", hint: "可以不填，不要写个人信息"},
    ],
    send: ({type, place, note}) => command("incidents", note ? {type, place, note} : {type, place}),
  });
  return made && `已报告：${placeWords(made.incident.place, hall)}${INCIDENTS[made.incident.type]}`;
}

// Evacuation (H.7)

export async function beginEvacuation() {
  const done = await askBoard({
    title: "确定要疏散整个大厅吗？", sign: "alert", danger: true, submit: "开始疏散",
    intro: "所有大屏、窗口屏、取号机和手机页立即显示“请听从工作人员引导，有序疏散”，广播反复播报；停止取号和叫号，号码保留",
    send: () => command("evacuation", {on: true}),
  });
  return done && "疏散已开始";
}

export async function endEvacuation() {
  const done = await askBoard({
    title: "结束疏散，恢复服务？", sign: "undo", submit: "结束疏散", intro: "各屏恢复原来的画面，继续取号和叫号，原有号码继续有效",
    send: () => command("evacuation", {on: false}),
  });
  return done && "疏散已结束，服务恢复";
}
