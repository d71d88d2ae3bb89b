// <window-plates>: every window of the hall as a plate, zone by zone: state as icon, word and colour, the ticket, and since when.

import {html, element, patch, define} from "shared/dom.js";
import {icon} from "shared/icons.js";
import {clockText, dayText, secondsSince} from "shared/time.js";
import {overThreshold} from "./attention.js";
import {since} from "./since.js";

const HALF_DAY = 12 * 3600 * 1000; // ms; an end beyond it is told by its day

class WindowPlates extends HTMLElement {
  show(picture, hall, now) {
    const tidal = new Set(hall.windows.filter((row) => row.tidal).map(({number}) => number));
    const zones = hall.zones.map((zone) => ({zone, windows: picture.windows.filter((row) => row.zone === zone.id)}));
    patch(this, html`${zones.filter(({windows}) => windows.length).map(({zone, windows}) => element`
      <section class="zone" data-key="${zone.id}" style=${{"--n": windows.length}} aria-label="${zone.name}">
        <h2>${zone.name}${zone.supervisor && element`<span>负责人 ${zone.supervisor}</span>`}${crowd(zone, picture, now)}</h2>
        ${windows.map((window) => plate(window, {now, tidal: tidal.has(window.number)}))}
      </section>`)}${legend()}`);
  }
}

function crowd(zone, picture, now) {
  const queues = picture.queues.filter((queue) => queue.zone === zone.id);
  const waiting = queues.reduce((sum, queue) => sum + queue.waiting, 0);
  const longest = Math.max(0, ...queues.map(({longest_since: iso}) => (iso ? Math.floor(secondsSince(iso, now) / 60) : 0)));
  const hot = queues.some((queue) => overThreshold(queue, now));
  return element`<span class="${hot ? "to hot" : "to"}">等候 ${waiting}${waiting > 0 && `，最久 ${longest} 分`}</span>`;
}

function plate(window, {now, tidal}) {
  const {kind, sign, large, word, from, plus} = faceOf(window, tidal, now);
  return element`<button type="button" class="w ${kind} ${window.after_hours ? "late" : ""}" data-action="window" data-key="${window.number}" data-number="${window.number}">
    <span class="k"><span class="num">${window.number}</span>${window.after_hours && icon("moon")}${icon(sign)}</span>
    <span class="t num" data-length="${large.length}">${large}</span>
    <span class="s"><span>${LATE.has(kind) && window.after_hours ? "延时" : word}</span>${since(from, now, plus)}</span>
    ${window.clerk && element`<span class="clerk">${window.clerk}</span>`}
    ${window.pause && kind === "paused" && element`<i class="fill" style=${{width: `${spent(window.pause, now)}%`}}></i>`}</button>`;
}

/** What a plate says of each state: the middle line is what one looks for first. */
function faceOf(window, tidal, now) {
  return window.overrun ? overdue(window) : FACES[window.state](window, tidal, now);
}

const FACES = {
  calling: ({ticket}) => ({kind: "calling", sign: "bell", large: ticket.number, word: "叫号", from: ticket.called_at}),
  serving: ({ticket}) => ({kind: "serving", sign: "desk", large: ticket.number, word: "办理", from: ticket.started_at}),
  paused: ({pause, since: from}) => ({
    kind: "paused", sign: "pause", large: pause?.until ? clockText(pause.until) : "待定", word: pause ? "暂停" : "停用", from: pause?.from ?? from,
  }),
  open: ({since: from}) => ({kind: "free", sign: "ring", large: "空闲", word: "等人", from}),
  closed: ({sign}, tidal, now) => (sign?.until ? filed(sign, now) : unopened(tidal)),
};

function unopened(tidal) {
  return {kind: "closed", sign: "closed", large: tidal ? "潮汐备用" : "未开", word: tidal ? "未开" : "", from: null};
}

/** Closed by a filing, until a time of today or another day. */
function filed({until}, now) {
  const today = Date.parse(until) - now < HALF_DAY;
  return {kind: "closed", sign: "closed", large: "备案关闭", word: `至 ${today ? clockText(until) : dayText(until).split(" ")[0]}`, from: null};
}

function overdue({pause}) {
  const limit = pause.limit_at ?? pause.until;
  return {kind: "overrun", sign: "alert", large: clockText(pause.until ?? limit), word: "超时", from: limit, plus: true};
}

/** Share of the allowed absence that is used up, in per cent. */
function spent({from, limit_at: limit, until}, now) {
  const [began, ends] = [Date.parse(from), Date.parse(limit ?? until)];
  return Math.round(Math.min(1, Math.max(0, (now - began) / (ends - began || 1))) * 100);
}

const LATE = new Set(["serving", "free"]); // states whose word gives way to 延时 after closing

const LEGEND = [
  ["serving", "desk", "办理", "已办理多久"], ["calling", "bell", "叫号", "叫出多久"],
  ["paused", "pause", "暂停", "几点回来，底边是用去的时限"], ["overrun", "alert", "超时", "过了多久"],
  ["closed", "closed", "未开", "虚线框"], ["after", "moon", "延时", "下班后仍在服务"],
];

function legend() {
  return element`<ul class="legend" data-key="legend" aria-label="图例">${LEGEND.map(meaning)}</ul>`;
}

function meaning([kind, sign, word, means]) {
  return element`<li><span class="state ${kind}">${icon(sign)}${word}</span>${means}</li>`;
}

define("window-plates", WindowPlates);
