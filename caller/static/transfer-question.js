/* Where a visit goes on (转办, C8): a queue by its letter, or one window, or one person on duty; as a joint case (联办) it comes
   back to this window when the other has given an opinion (clause 4.1.2.2). */

import {ask} from "./ask.js";
import {fullStaff, onDuty, queueName, waitText} from "./facts.js";
import {reasonOf, reasons} from "./questions.js";
import {phraseForQueue} from "./words.js";

const JOINT = "联办";

/** The body of `transfer`, or null. */
export async function askTransfer(facts) {
  const {ticket, hall, picture, number} = facts;
  const others = hall.queues.filter((queue) => queue.prefix !== ticket.queue);
  const {groups: [reason], fields} = reasons(hall.transfer_reasons);
  const there = onDuty(facts);
  const answer = await ask({
    title: `把 ${ticket.number} 转办`, icon: "swap", wide: true,
    intro: "号码和取号时间不变，到那里优先等候，不用重新取号。填了窗口或工号，就转给它。",
    groups: [
      {name: "queue", legend: "转到哪个队列（按字母）", columns: 4, tight: true, options: others.map((queue) => queueOption(queue, picture))},
      {...reason, columns: 4},
    ],
    fields: [
      {name: "window", label: "或指定窗口", hint: "窗口号", numeric: true, max: 4},
      {name: "clerk", label: "或指定人员", hint: there.length ? `在岗 ${there.length} 位，可选可填工号` : "工号", max: 12, list: there},
      ...fields,
    ],
    switches: [{name: "joint", label: `联办：出具意见后回到 ${number} 号窗口`, checked: false}],
    onInput: (values, input) => { if (input.name === "reason") joinWith(values, input); },
    phrase: (values) => phraseOf(values, facts),
    submit: (values) => `转到 ${placeText(values, hall)}${values.joint ? "，办完回来" : ""}`,
  });
  return answer && {...placeOf(answer, hall), ...reasonOf(answer), joint: answer.joint};
}

/* ── Internal ──────────────────────────────────────────────────────────── */

/** The reason 联办 means the switch, which may still be changed. */
function joinWith(values, input) {
  values.joint = values.reason === JOINT;
  input.form.elements.joint.checked = values.joint;
}

function placeOf({window, clerk, queue}, hall) {
  if (window) return {window: Number(window)};
  return clerk ? {clerk: fullStaff(clerk, hall)} : {queue};
}

function placeText({window, clerk, queue}, hall) {
  if (window) return `${window} 号窗口`;
  return clerk ? fullStaff(clerk, hall) : `${queue} ${queueName(queue, hall)}`;
}

function phraseOf({window, clerk, queue}, facts) {
  const at = window || (clerk && facts.picture.windows.find((row) => row.clerk === fullStaff(clerk, facts.hall))?.number);
  return at ? `请您到 ${at} 号窗口，号码不变，不用重新取号。` : phraseForQueue(queue, facts.hall);
}

function queueOption({prefix, name}, picture) {
  const row = picture.queues.find((queue) => queue.prefix === prefix);
  return {value: prefix, label: name, disc: prefix, key: prefix, note: row ? `${row.waiting} 人，${waitText(row.estimate)}` : ""};
}
