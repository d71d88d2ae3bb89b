/* How a wait is told: a range, never a false zero, and "时间待定" when nobody can know. */

import {html} from "shared/dom.js";
import {clockText} from "shared/time.js";

const DOTS_AT_MOST = 8;                     // one for each person; of a longer line only the head is drawn
const DOTS_OF_A_LONG_LINE = 5;
const SHORT_RANGE = 5;                      // "20–30" fits everywhere in the largest size; "65–105" needs a smaller one
const LONG_MINUTES = 120;                   // from here on a wait is told in half hours …
const VERY_LONG_MINUTES = 300;              // … and from here on in hours

/** What kind of wait an estimate tells: "unknown", "none", "within" (a short one) or "range". */
export function kindOfWait(estimate, ahead) {
  if (!estimate || estimate.unknown) return "unknown";
  if (ahead === 0 && estimate.high_minutes <= 5) return "none";
  return estimate.high_minutes <= 10 || estimate.low_minutes === 0 ? "within" : "range";
}

/** The line of a tile: "等候 9 人 · 约 20–30 分". */
export function waitLine(queue, words) {
  const {waiting, estimate} = queue;
  const people = peopleText(waiting, words);
  switch (kindOfWait(estimate, waiting)) {
    case "none": return html`<b>${words.word("noWait")}</b>`;
    case "unknown": return html`${people} · ${words.word("unknownShort")}`;
    case "within": return html`${people} · ${withinText(estimate, words)}`;
    default: return html`${people} · ${rangeText(estimate, words)}`;
  }
}

/** Whether an estimate needs the smaller size where space is short. */
export function isLong(estimate) {
  return Boolean(estimate) && !estimate.unknown && rangeOf(estimate).range.length > SHORT_RANGE;
}

/** The range in the unit that people would use: {range: "20–30", unit: "minutes"}, or hours when it is long. */
export function rangeOf({low_minutes: low, high_minutes: high}) {
  const long = high >= LONG_MINUTES;
  const step = high >= VERY_LONG_MINUTES ? 60 : 30;
  const [from, to] = long ? [(Math.floor(low / step) * step) / 60, (Math.ceil(high / step) * step) / 60] : [low, high];
  return {range: from === to ? String(to) : `${from}–${to}`, unit: long ? "hours" : "minutes"};
}

/** "10:19–10:29" as two clock times from now, hall time in ms; one when both are the same. */
export function turnTimes(estimate, now, clock) {
  const at = (minutes) => clockText(clock.iso(now + minutes * 60_000));
  return {from: at(estimate.low_minutes), to: at(estimate.high_minutes)};
}

/** People in line as dots, and the ring that is you. */
export function dots(ahead, {you = false, most = DOTS_AT_MOST} = {}) {
  const shown = you && ahead > most ? DOTS_OF_A_LONG_LINE : Math.min(ahead, most);
  return html`<span class="dots" aria-hidden="true">${Array.from({length: shown}, () => html`<i></i>`)}${
    ahead > most && you ? html`<span class="etc">…</span>` : null}${you ? html`<i class="you"></i>` : null}</span>`;
}

function peopleText(waiting, words) {
  if (words.language === "en") return html`<b class="num">${waiting}</b> waiting`;
  return waiting === 0 ? "无人等候" : html`等候 <b class="num">${waiting}</b> 人`;
}

function withinText({high_minutes: high}, words) {
  return words.language === "en" ? html`within <b class="num">${high}</b> min` : html`<b class="num">${high}</b> 分钟以内`;
}

function rangeText(estimate, words) {
  const {range, unit} = rangeOf(estimate);
  const figures = html`<b class="num">${range}</b>`;
  if (words.language === "en") return html`${figures} ${unit === "hours" ? "h" : "min"}`;
  return html`约 ${figures} ${unit === "hours" ? "小时" : "分"}`;
}
