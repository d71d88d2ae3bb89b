// Staff against windows, and planned leave (3.2.1, 5.1.2): figures first, then leave to file or to withdraw.

import {command} from "shared/command.js";
import {html} from "shared/dom.js";
import {dayText} from "shared/time.js";
import {askBoard} from "./board-question.js";

/** The rule of the standard: 1.2 people for each window. */
export function staffingWords({staffing, windows}) {
  const short = staffing.wanted - staffing.staff;
  return {
    figures: [
      ["计划开窗", `${staffing.windows} 个`], ["应到（1∶1.2）", `${staffing.wanted} 人`], ["可到", `${staffing.staff} 人`],
      ["窗口在岗", `${windows.filter(({clerk}) => clerk).length} 人`], ["今天休假", staffing.on_leave.length ? staffing.on_leave.join("、") : "无"],
    ],
    verdict: short > 0 ? `比标准少 ${short} 人` : "达到标准",
    short: short > 0,
  };
}

export async function fileLeave({picture, clock}) {
  const {figures, verdict} = staffingWords(picture);
  const today = clock.iso().slice(0, 10);
  const made = await askBoard({
    title: "人员和休假", sign: "people", submit: "登记休假",
    intro: html`<span class="figures">${figures.map(([name, value]) => html`<span><small>${name}</small><b class="num">${value}</b></span>`)}</span>
      <span class="verdict">${verdict}</span>${comingLeave(picture.leaves ?? [])}`,
    fields: [
      {kind: "select", name: "staff", label: "谁休假", options: picture.staff.map(({id}) => ({value: id, label: id}))},
      {kind: "day", name: "first_day", label: "第一天", value: today},
      {kind: "day", name: "last_day", label: "最后一天", value: today},
    ],
    send: (values) => command("leaves", values),
  });
  return made && `${made.leave.staff} 的休假已登记`;
}

function comingLeave(leaves) {
  if (!leaves.length) return null;
  return html`<span class="leaves">${leaves.map(({id, staff, first_day: first, last_day: last}) => html`<span>${staff}，${days(first, last)}
    <button type="button" class="small" data-action="withdraw-leave" data-id="${id}" aria-label="撤回 ${staff} 的休假">撤回</button></span>`)}</span>`;
}

export async function withdrawLeave(_, id) {
  const {leave} = await command(`leaves/${id}/withdraw`);
  document.querySelector("dialog.act")?.close();
  return `${leave.staff} 的休假已撤回`;
}

function days(first, last) {
  const day = (iso) => dayText(iso).split(" ")[0];
  return first === last ? day(first) : `${day(first)}至${day(last)}`;
}
