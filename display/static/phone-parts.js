/* Parts that several states of the phone page share. */

import {html} from "shared/dom.js";
import {icon} from "shared/icons.js";
import {splitName, windowsText, zoneShort} from "shared/place.js";
import {clockText, rangeText} from "shared/time.js";

/** The stub of the slip: what for, since when, and the number. */
export function ticketTop(ticket) {
  const {name} = splitName(ticket.queue_name);
  return html`<div class="top"><p><span class="for">${name}${ticket.item_name ? html`　${ticket.item_name}` : null}</span><span class="num">${clockText(ticket.issued_at)} 取号</span></p>
    <p class="n" data-length="${Math.min(6, ticket.number.length)}"><span class="num cap">${ticket.number}</span></p></div>`;
}

/** Where to go; advice is the second line. */
export function placeLines({where, ...ticket}, advice, {window: windows = true} = {}) {
  const zone = zoneShort({name: where.zone_name});
  const at = windows ? ` ${windowsText(where.windows)} 号窗口` : "";
  const lines = [where.route, advice].filter(Boolean).join("，");
  return html`<div class="go-to" data-zone="${ticket.queue}">${icon("pin")}<p><b>${zone}${at}</b>${lines ? html`<span>${lines}</span>` : null}</p></div>`;
}

/** {clock: "10:14–10:24", minutes: "约 10–20 分钟"} from the estimate and the hall's time in ms; null when nobody can know. */
export function waitRange(estimate, now, clock) {
  const minutes = rangeText(estimate);
  if (minutes === null) return null;
  const at = (more) => clockText(clock.iso(now + more * 60_000));
  const [from, to] = [at(estimate.low_minutes), at(estimate.high_minutes)];
  const said = estimate.high_minutes <= 10 || estimate.low_minutes === 0 ? `${Math.max(1, estimate.high_minutes)} 分钟以内` : `约 ${minutes} 分钟`;
  return {clock: from === to ? from : `${from}–${to}`, minutes: said};
}
