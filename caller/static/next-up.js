/* Who comes next to this window, in the order they will be called; then those on hold and those missed here. */

import {define, html, patch} from "shared/dom.js";
import {icon} from "shared/icons.js";
import {clockText} from "shared/time.js";
import {keyMap, keyText} from "./keys.js";
import {markOf, purpose, waitedText} from "./facts.js";

const HELD_SHOWN = 4;

export class NextUp extends HTMLElement {
  show(facts) {
    const {next, held, missed, hall} = facts;
    patch(this, html`<h2>接下来<button type="button" class="btn small" data-action="press" data-key="why" aria-disabled="${next.length ? null : "true"}">为什么是他？<kbd aria-hidden="true">${hint(hall, "why")}</kbd></button></h2>
      ${next.length ? html`<ol>${next.map((row, index) => line(row, index, facts))}</ol>` : html`<p class="empty">现在没有人等候</p>`}
      <div class="aside">${held.slice(0, HELD_SHOWN).map((row, index) => heldLine(row, index, hall))}${missed.slice(0, held.length ? 1 : 2).map((row) => missedLine(row))}</div>`);
  }
}

function line(ticket, index, {hall, window, now}) {
  const mark = markOf(ticket);
  const second = ![...window.queues, ...window.lent ?? []].includes(ticket.queue);
  const kind = `${index ? "" : "first"}${second ? " sec" : ""}`;
  return html`<li class="${kind}" data-key="${ticket.id}"><b class="num">${ticket.number}</b><span class="what">${mark
    ? html`<span class="tag">${mark.tag}</span> ${mark.text}` : second ? `${window.queues.join("、")} 队列空了再叫` : purpose(ticket, hall)}</span>
    <span class="num">${waitedText(ticket, now)}</span></li>`;
}

function hint(hall, action) {
  return keyText(keyMap(hall).keys[action]);
}

function heldLine({id, number, held_until: until}, index, hall) {
  const ready = html`<button type="button" class="btn small" data-action="press" data-key="ready">材料已齐<kbd aria-hidden="true">${hint(hall, "ready")}</kbd></button>`;
  return html`<p data-key="${id}">${icon("hold")}<b class="num">${number}</b><span>${until ? `${clockText(until)} 回来` : "挂起"}</span>${index ? "" : ready}</p>`;
}

function missedLine({id, number}) {
  return html`<p data-key="${id}">${icon("miss")}<b class="num">${number}</b><span>已过号，人来了可再叫</span></p>`;
}

define("next-up", NextUp);
