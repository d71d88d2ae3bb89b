/* Who comes next to this window, in the order they will be called; then those on hold and those missed here. */

import {define, html, patch} from "shared/dom.js";
import {icon} from "shared/icons.js";
import {clockText} from "shared/time.js";
import {markOf, purpose, waitedText} from "./facts.js";

export class NextUp extends HTMLElement {
  show(facts) {
    const {next, held, missed} = facts;
    patch(this, html`<h2>接下来<span>本窗口会叫到的顺序</span></h2>
      ${next.length ? html`<ol>${next.map((row, index) => line(row, index, facts))}</ol>` : html`<p class="empty">现在没有人等候</p>`}
      <div class="aside">${held.map((row) => heldLine(row))}${missed.slice(0, held.length ? 1 : 2).map((row) => missedLine(row))}</div>`);
  }
}

function line(ticket, index, {hall, window, now}) {
  const mark = markOf(ticket);
  const second = !window.queues.includes(ticket.queue);
  const kind = `${index ? "" : "first"}${second ? " sec" : ""}`;
  return html`<li class="${kind}" data-key="${ticket.id}"><b class="num">${ticket.number}</b><span class="what">${mark
    ? html`<span class="tag">${mark.tag}</span> ${mark.text}` : second ? `${window.queues.join("、")} 队列空了再叫` : purpose(ticket, hall)}</span>
    <span class="num">${waitedText(ticket, now)}</span></li>`;
}

function heldLine({id, number, held_until: until}) {
  return html`<p data-key="${id}">${icon("hold")}<b class="num">${number}</b><span>挂起${until ? `，${clockText(until)} 回来优先` : ""}</span></p>`;
}

function missedLine({id, number}) {
  return html`<p data-key="${id}">${icon("miss")}<b class="num">${number}</b><span>已过号，人来了可再叫</span></p>`;
}

define("next-up", NextUp);
