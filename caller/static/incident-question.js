/* What the hall must know from this window at once: an incident (clause 4.2.2.6, appendix H), a call for the area lead, a fault
   (clause 5.2.5). The place is filled in; the key of the kind sends it. */

import {ask} from "./ask.js";

export const INCIDENTS = {
  dispute: {label: "争吵", icon: "people"}, disorder: {label: "秩序混乱", icon: "alert"}, illness: {label: "突发疾病", icon: "heart"},
  equipment: {label: "设备故障", icon: "printer"}, power: {label: "停电", icon: "cut"}, lift: {label: "电梯故障", icon: "swap"},
  fire: {label: "火情", icon: "bell"}, fault: {label: "报修", icon: "printer"}, help: {label: "请区域负责人来", icon: "help"},
};
const QUIET = ["help", "fault"];

/** The body of `incidents`, or null. */
export function askIncident(facts) {
  const types = facts.hall.incident_types.filter((type) => !QUIET.includes(type));
  return report(facts, types, {
    title: "突发事件", icon: "alert",
    intro: "按数字马上上报：政务服务中心负责人和区域负责人立即看到地点。有危险请先离开，再打 110、119、120。",
    submit: ({type}) => `上报${INCIDENTS[type].label}`,
  });
}

/** The same for what only those nearby need to know. */
export function askHelp(facts) {
  return report(facts, QUIET, {
    title: "请人来、报修", icon: "help", intro: "按数字马上通知，窗口照常叫号。",
    submit: ({type}) => (type === "fault" ? "报修" : "请区域负责人来"),
  });
}

/** "火情": a kind of incident in words. */
export function incidentName(type) {
  return INCIDENTS[type]?.label ?? type;
}

async function report({hall, number}, types, question) {
  const zone = hall.windows.find((row) => row.number === number)?.zone;
  const zones = [...hall.zones].sort((a, b) => (b.id === zone) - (a.id === zone));
  const answer = await ask({
    ...question,
    groups: [
      {name: "type", legend: "什么事", options: types.map((type, index) => ({value: type, ...INCIDENTS[type], key: String(index + 1)}))},
      {name: "place", legend: "地点", columns: 4, tight: true, options: [
        {value: String(number), label: `${number} 号窗口`}, ...zones.slice(0, 3).map((row) => ({value: row.id, label: row.name}))]},
    ],
    fields: [{name: "note", label: "说明", hint: "可以不填，不写姓名和证件号", max: 200}],
  });
  return answer && {type: answer.type, place: answer.place, ...(answer.note ? {note: answer.note} : {})};
}
