/* The ticket of this desk as a slip: its state, its number as the hero, how long, what for. */

import {define, html, patch} from "shared/dom.js";
import {icon} from "shared/icons.js";
import {clockText, countText, secondsSince} from "shared/time.js";
import {markOf, minutesSince, purpose, spanText, usual} from "./facts.js";
import {svg} from "./svg.js";

const PACE = 300;                            // the bar of a visit: its length in units of its drawing

export class TicketCard extends HTMLElement {
  show(facts) {
    const {ticket, next, hall} = facts;
    const shown = ticket ?? next[0] ?? null;
    patch(this, html`<div class="lift"><article class="slip ${ticket ? "" : "blank"}" aria-label="${ticket ? ticket.number : "空闲"}">
      <div class="card"><div>${chipOf(facts)}
        ${shown ? html`<p class="n ${shown.number.length > 5 ? "long" : ""}"><span class="num cap" data-ticket="${shown.number}">${shown.number}</span></p>` : html`<p class="n none">暂无等候</p>`}</div>
        <div class="timer">${timer(facts)}</div></div>
      <div class="facts">${shown ? about(shown, facts) : html`<h2>有人取号，这里马上显示</h2><p>群众没有号、直接来到窗口时，请按“无号办理”。</p>`}</div>
    </article></div>`);
  }
}

function chipOf({state, ticket, next}) {
  if (state === "called") return html`<span class="state calling">${icon("mega")}正在呼叫</span>`;
  if (state === "serving") return html`<span class="state serving">${icon("desk")}正在办理</span>`;
  return html`<span class="state free">${icon("ring")}空闲</span>${!ticket && next.length ? html`<span class="lead">下一位</span>` : ""}`;
}

function timer(facts) {
  const {state, ticket, window, call, now} = facts;
  if (state === "serving") {
    const seconds = secondsSince(ticket.started_at, now);
    return html`<p>已办理</p><b class="num" data-timer>${countText(seconds)}</b>${pace(seconds, usual(ticket, facts.hall))}`;
  }
  if (state === "called") {
    return html`<p>呼叫后</p><b class="num" data-timer>${countText(call.since)}</b><p>${callsText(ticket, call)}</p>`;
  }
  if (!window.since) return "";
  return html`<p>已空闲</p><b class="num quiet" data-timer>${countText(secondsSince(window.since, now))}</b>`;
}

function callsText({calls}, {toMiss}) {
  return `第 ${calls} 次呼叫${toMiss ? `，再呼 ${toMiss} 次可过号` : "，可以过号"}`;
}

/** How long this visit has taken, against what such a visit usually takes. */
function pace(seconds, span) {
  if (!span) return "";
  const minutes = seconds / 60;
  const scale = PACE / Math.max(span.high * 1.2, span.low * 1.8, minutes * 1.05);
  const [from, to, at] = [span.low * scale, Math.max(span.high, span.low + .4) * scale, minutes * scale];
  const words = span.low === span.high ? `通常约 ${span.low} 分钟` : `通常 ${span.low}–${span.high} 分钟`;
  const centre = Math.min(PACE - 54, Math.max(54, (from + to) / 2));
  return svg("svg", {class: minutes > span.high ? "pace long" : "pace", viewBox: `0 0 ${PACE} 46`, role: "img", "aria-label": `已办理 ${spanText(seconds)}，${words}`},
    svg("rect", {class: "track", x: 0, y: 10, width: PACE, height: 8, rx: 1}),
    svg("rect", {class: "usual", x: from, y: 10, width: to - from, height: 8}),
    svg("rect", {class: "spent", x: 0, y: 10, width: at, height: 8}),
    svg("path", {class: "at", d: `M${Math.max(1.5, at)} 3v22`}),
    svg("text", {x: centre, y: 40, "text-anchor": "middle"}, words));
}

function about(ticket, {hall, now, state, opinion}) {
  const mark = opinion ? {tag: "联办", text: `${opinion} 号窗口请出具意见`} : markOf(ticket);
  return html`<h2><span class="disc" aria-label="${ticket.queue} 队列">${ticket.queue}</span><span>${purpose(ticket, hall)}</span>
    ${mark ? html`<span class="tag">${mark.tag}</span>${mark.text ? html`<span class="mark">${mark.text}</span>` : ""}` : ""}</h2>
    <p>${story(ticket, state, now)}</p>${state === "serving" ? forms(ticket) : ""}`;
}

/** The forms of appendices E to G, filled from this visit, each in a page of its own to print. */
function forms({id}) {
  const link = (letter, name) => html`<a href="/caller/form/${letter}?ticket=${id}" target="_blank" rel="noopener">${name}</a>`;
  return html`<p class="forms"><span>出具</span>${link("E", "受理通知书")}${link("F", "不予受理通知书")}${link("G", "一次性告知书")}</p>`;
}

/** "09:44 取号，等了 20 分钟，走到窗口用了 50 秒" */
function story(ticket, state, now) {
  const taken = `${clockText(ticket.issued_at)} 取号`;
  if (!["called", "serving"].includes(ticket.state)) return `${taken}，${minutes("已等", minutesSince(ticket.issued_at, now))}`;
  const waited = minutes("等了", minutesSince(ticket.issued_at, Date.parse(ticket.called_at)));
  if (state !== "serving") return `${taken}，${waited}`;
  return `${taken}，${waited}，走到窗口用了 ${spanText(secondsSince(ticket.called_at, Date.parse(ticket.started_at)))}`;
}

function minutes(verb, count) {
  return count ? `${verb} ${count} 分钟` : "刚到";
}

define("ticket-card", TicketCard);
