// What the board knows of one window, and what may be done about it: opens from its plate.

import {html, element} from "shared/dom.js";
import {icon} from "shared/icons.js";
import {splitName, zoneShort} from "shared/place.js";
import {clockText} from "shared/time.js";

const STATES = {closed: "未开", open: "空闲", calling: "叫号", serving: "办理", paused: "暂停"};
const CLOSURES = {filed: "待批准", approved: "已批准", running: "关闭中"};

/** Its acts are buttons with data-action inside <body>; pressing one closes this first. */
export function showWindow({picture, hall}, number, acts) {
  const row = picture.windows.find((window) => window.number === number);
  const closures = (picture.closures ?? []).filter(({window, state}) => window === number && state in CLOSURES);
  const dialog = element`<dialog class="act window" aria-labelledby="window-title">
    <h2 id="window-title"><span class="plate num">${number}</span>号窗口<small>${zoneShort(hall.zones.find(({id}) => id === row.zone))}</small></h2>
    <dl>${facts(row, hall).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    ${closures.map((closure) => closureLine(closure, acts))}
    ${acts && html`<div class="acts">${actsOf(row).map(button)}</div>`}
    <div class="ends"><button class="key" type="button" data-leave autofocus>返回</button></div></dialog>`;
  document.body.append(dialog);
  dialog.addEventListener("click", (event) => { if (event.target.closest("[data-leave], [data-action]")) dialog.close(); });
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
}

function facts(row, hall) {
  const {clerk, signed_on_at: since, ticket, pause, lent = [], relief_asked: sent} = row;
  return [
    ["状态", row.overrun ? "离岗超时" : row.state === "paused" && !pause ? "暂停服务（人员停用）" : STATES[row.state]],
    ["窗口人员", clerk ? `${clerk}${since ? `，${clockText(since)} 上岗` : ""}` : "无人上岗"],
    ticket && ["号码", `${ticket.number}${ticket.started_at ? `，${clockText(ticket.started_at)} 开始办理` : `，${clockText(ticket.called_at)} 叫号`}`],
    pause && ["离岗", `${clockText(pause.from)} 起，${pause.reason ?? ""}${pause.until ? `，说好 ${clockText(pause.until)} 回来` : ""}${pause.acknowledged ? "，已知悉" : ""}`],
    sent && ["补岗", `已派 ${sent}`],
    ["队列", [...row.queues, ...row.secondary].map((prefix) => queueName(prefix, hall)).join("、")],
    lent.length > 0 && ["支援", lent.map((prefix) => queueName(prefix, hall)).join("、")],
  ].filter(Boolean);
}

function queueName(prefix, hall) {
  const queue = hall.queues.find((one) => one.prefix === prefix);
  return queue ? `${prefix} ${splitName(queue.name).name}` : prefix;
}

function closureLine({id, state, reason, staff_to: to, begins_at: from, ends_at: until}, acts) {
  return html`<p class="closure">${icon("closed")}<span>${CLOSURES[state]}：${when(from)}–${when(until)}，${reason}，人员${to}</span>
    ${acts && state === "filed" && button({act: "approve", label: "批准", id})}${acts && button({act: "withdraw", label: state === "running" ? "提前结束" : "撤回", id})}</p>`;
}

function when(iso) {
  return `${Number(iso.slice(8, 10))}日 ${clockText(iso)}`;
}

function actsOf({number: id, pause, clerk, lent = []}) {
  return [
    pause?.acknowledged === false && {act: "acknowledge", label: "报备已知悉", sign: "check", id},
    clerk && {act: "relief", label: "派人补岗", sign: "people", id},
    {act: "closure", label: "备案关闭", sign: "closed", id},
    {act: "lend", label: "支援其他队列", sign: "swap", id},
    lent.length > 0 && {act: "take-back", label: "收回支援", sign: "undo", id},
  ].filter(Boolean);
}

function button({act, label, sign, id}) {
  return element`<button type="button" class="small" data-action="${act}" data-id="${id}">${sign && icon(sign)}${label}</button>`;
}
