/* The number, huge; where to go; a code for the phone; and what became of the paper (K11). */

import {html} from "shared/dom.js";
import {icon} from "shared/icons.js";
import {splitName, windowsText} from "shared/place.js";
import {clockText} from "shared/time.js";

import {zoneName} from "./confirm.js";
import {dots, kindOfWait, rangeOf, turnTimes} from "./waits.js";

const PAPER = {                             // print state → words and icon
  pending: ["printing", "printer"], printed: ["printed", "check"], slow: ["printSlow", "phone"],
  failed: ["printFailed", "alert"], paperless: ["paperless", "phone"],
};

/** visit.ticket is the server's ticket; visit.slow is true when its print has taken too long. */
export function ticketPage({words, visit, live, clock}) {
  const {ticket, already} = visit;
  const title = already ? "already" : "slipTitle";
  return html`<main class="taken" data-key="taken">
    <div class="head-lines"><h1 class="head" tabindex="-1">${words.word(title)}<span class="hear"> ${ticket.number}</span></h1>${words.second(title)}</div>
    <div class="lift"><article class="slip">
      <div class="top"><p>${queueLine(ticket, words)}<span class="num">${clockText(ticket.issued_at)}</span></p><p class="number" data-length="${Math.min(6, ticket.number.length)}"><span class="num cap">${ticket.number}</span></p></div>
      <div class="rip"></div>
      <div class="facts">
        <div class="line"><b>${words.word("aheadOf", {n: ticket.ahead})}</b>${dots(ticket.ahead, {you: true})}<span class="hint">${words.word("you")}</span></div>
        <p class="turn">${waitText(ticket, {words, now: live.hallNow(), clock})}</p>
        ${ticket.notice ? html`<p class="notice">${icon("moon")}<span>${words.language === "en" ? ticket.notice.text_en ?? ticket.notice.text : ticket.notice.text}</span></p>` : null}
      </div>
      <div class="go-to">
        <div><p class="lbl">${words.pair("whereLabel")}</p><p class="place">${placeText(ticket, words)}</p>${ticket.where.route ? html`<p class="route">${icon("pin")}${ticket.where.route}</p>` : null}
          <p class="route">${icon("sound")}${words.word(already ? "alreadyHint" : "slipWait")}</p></div>
        <figure class="code"><img src="/api/v1/qr/${ticket.token}.svg" alt="${words.word("scan")}" width="300" height="300"><figcaption><b>${words.word("scan")}</b><span>${words.word("scanHint")}</span></figcaption></figure>
      </div>
    </article></div>
    <div class="decide">
      ${paperLine(visit, words)}
      <div class="keys"><button class="key go" data-action="home">${icon("check")}<span>${words.pair("done")}</span></button></div>
    </div>
  </main>`;
}

/* ── Internal ──────────────────────────────────────────────────────────── */

function queueLine(ticket, words) {
  const {name} = splitName(words.name({name: ticket.queue_name, name_en: ticket.queue_name_en}));
  return html`<span>${name}${ticket.item_name ? html`　${ticket.item_name}` : null}${ticket.priority_group ? html`　<b>${words.word("priorityChosen", {group: ticket.priority_group})}</b>` : null}</span>`;
}

function waitText({estimate, ahead}, {words, now, clock}) {
  switch (kindOfWait(estimate, ahead)) {
    case "unknown": return words.word("unknownWhy");
    case "none": return words.word("noWait");
    case "within": return words.word("within", {n: estimate.high_minutes});
    default: return html`${words.word("about")} <b class="num">${rangeOf(estimate).range}</b> ${words.word(rangeOf(estimate).unit)} · ${words.word("turn", turnTimes(estimate, now, clock))}`;
  }
}

function placeText({where}, words) {
  const key = where.windows.length === 1 ? "windowAt" : "windowsAt";
  return html`<span>${zoneName({...where, id: where.zone, name: where.zone_name}, words.language)}</span><span class="num">${words.word(key, {windows: windowsText(where.windows)})}</span>`;
}

function paperLine({ticket, slow, already}, words) {
  if (already) return null;
  const state = ticket.print === "pending" && slow ? "slow" : ticket.print;
  const [text, drawn] = PAPER[state];
  return html`<p class="paper ${state}" role="status" data-print="${ticket.print}">${icon(drawn)}<span>${words.word(text)}</span></p>`;
}
