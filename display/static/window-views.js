// What the sign of a window says in each state: `{kind, lead, body}` as templates. Words of the standard: what happens next and when,
// never a person's reason.

import {html, element} from "shared/dom.js";
import {icon} from "shared/icons.js";
import {splitName, windowsText} from "shared/place.js";
import {clockText, dayText} from "shared/time.js";
import {flagWords} from "./call-flags.js";
import {minuteRing} from "./minute-ring.js";
import {opening} from "./phase-words.js";
import {othersFor} from "./window-others.js";

/** window: its row; picture: the whole; hall: the hall answer; now: hall time in ms. */
export function viewOf({window, picture, hall, now}) {
  if (window.overrun) return overdue();
  return VIEWS[window.state]({window, picture, hall, now});
}

const VIEWS = {
  calling: ({window}) => ({
    kind: "calling",
    lead: lead("bell", "请到本窗口办理", "Please come to this window", tagsOf(window)),
    body: number(window.ticket, true),
  }),
  serving: ({window}) => (window.after_hours ? afterHours(window) : {
    kind: "serving",
    lead: lead("desk", "正在办理", "Now serving", flagWords(window.ticket.flags)),
    body: number(window.ticket, false),
  }),
  open: ({window, hall}) => (window.after_hours ? afterHours(window) : {
    kind: "free",
    lead: lead("ring", "您好，请留意叫号", "Welcome"),
    body: html`<p class="words">热情为您服务</p>${served(window, hall)}`,
  }),
  paused,
  closed,
};

/** tags: words of flags; with two of them there is no room for the English. */
function lead(sign, words, english, tags = []) {
  return element`<p class="st">${icon(sign)}<span>${words}</span>${tags.length < 2 && element`<span class="en" lang="en">${english}</span>`}
    ${tags.map((word) => element`<span class="tag">${word}</span>`)}</p>`;
}

function tagsOf({after_hours: after, ticket}) {
  return [...flagWords(ticket.flags), ...(after ? ["延时服务"] : [])];
}

/** A new key for each call: a call again is a new element and blinks again. */
function number({number: text, calls}, isNew) {
  return element`<p class="n ${isNew ? "is-new" : ""}" data-key="${text}-${calls}-${isNew}" data-length="${text.length}">
    <span class="num cap">${text}</span></p>`;
}

function afterHours(window) {
  const serving = window.state === "serving";
  return {
    kind: "after",
    lead: lead("moon", serving ? "延时服务　正在办理" : "延时服务", "After hours", flagWords(window.ticket?.flags ?? [])),
    body: html`${serving ? number(window.ticket, false) : element`<p class="words">请留意叫号</p>`}
      <p class="sub">已取号的办事群众请放心等候</p>`,
  };
}

/** Nobody is expected back: the clerk's access has ended (3.2.5). Where to go, and no time. */
function suspended({window, picture, hall}) {
  const [other] = othersFor(window, picture.windows);
  const body = other ? html`<p class="to">请到<span class="plate num">${other.number}</span><span>号窗口</span></p>` : atTheDesk("请到咨询台", hall);
  return {kind: "paused", lead: lead("pause", "暂停服务", "Service paused"), body};
}

function paused({window, picture, hall, now}) {
  if (!window.pause) return suspended({window, picture, hall});
  const {from, until} = window.pause ?? {};
  const others = othersFor(window, picture.windows).slice(0, 6).map((other) => other.number);
  const advice = element`<p class="sub">请稍候${others.length > 0 && `，或留意 ${windowsText(others)} 号窗口叫号`}</p>`;
  if (!until) {
    const body = html`<p class="words">马上回来</p>${advice}`;
    return {kind: "paused", lead: lead("pause", "暂停服务", "Please wait"), body};
  }
  const minutes = (ms) => Math.max(0, Math.ceil(ms / 60_000));
  const ring = minuteRing(minutes(Date.parse(until) - now), minutes(Date.parse(until) - Date.parse(from)));
  return {
    kind: "paused",
    lead: lead("pause", "暂停服务", `Back at ${clockText(until)}`),
    body: html`<div class="till"><p class="big num">${clockText(until)}<small>恢复服务</small></p>${ring}</div>${advice}`,
  };
}

function overdue() {
  return {
    kind: "over",
    lead: lead("pause", "暂停服务", "Sorry to keep you waiting"),
    body: html`<p class="words">对不起，让您久等了</p><p class="sub">正在安排补岗，您的号码仍然有效</p>`,
  };
}

function closed({window, picture, hall}) {
  const [other] = othersFor(window, picture.windows);
  const again = reopening(window, picture, hall);
  const filed = Boolean(window.sign?.until); // a closure with its time (3.2.4)
  const body = other
    ? html`<p class="to">请到<span class="plate num">${other.number}</span>
        <span class="${again.length > 9 ? "long" : ""}">号窗口${again && html`<br>本窗口 ${again}再开`}</span></p>`
    : atTheDesk(again ? `${again}再为您服务` : "请到咨询台", hall);
  return {kind: "closed", lead: filed ? lead("closed", "暂停服务", `Closed until ${untilEnglish(window.sign.until, picture.now)}`) : lead("closed", "本窗口已关闭", "Closed"), body};
}

/** No other window does the same work now: the information desk helps. */
function atTheDesk(words, hall) {
  const advice = words.includes("咨询台") ? "" : "现在请到咨询台，";
  return html`<p class="words ${words.length > 12 ? "long" : ""}">${words}</p><p class="sub">${advice}咨询请拨 ${hall.hotline}</p>`;
}

/** "14:00 " when it is known that this window opens again then, or the hall does; else "". */
function reopening(window, picture, hall) {
  if (window.sign?.until) return `${dayBefore(window.sign.until, picture.now)}${clockText(window.sign.until)} `;
  return ["before_open", "lunch", "closed"].includes(picture.phase) ? opening(picture, hall) : "";
}

/** "14:00", or "27 Nov 14:00" on another day. */
function untilEnglish(iso, now) {
  const [, ...day] = dayText(iso, "en").split(" ");
  return iso.slice(0, 10) === now.slice(0, 10) ? clockText(iso) : `${day.join(" ")} ${clockText(iso)}`;
}

/** "", "明天 " or "11月27日 " before the time of another day. */
function dayBefore(iso, now) {
  const days = (Date.parse(iso.slice(0, 10)) - Date.parse(now.slice(0, 10))) / 86_400_000;
  return ["", "明天 "][days] ?? `${dayText(iso).split(" ")[0]} `;
}

function served(window, hall) {
  const names = hall.queues.filter(({prefix}) => window.queues.includes(prefix));
  const row = ({prefix, name}) => element`<li><span class="disc">${prefix}</span>${splitName(name).name}</li>`;
  return element`<ul class="queues">${names.map(row)}</ul>`;
}
