/* The start page: every queue of the hall in three groups, and the large-key version of it. */

import {html} from "shared/dom.js";
import {icon} from "shared/icons.js";
import {splitName, zoneShort} from "shared/place.js";

import {dots, isLong, kindOfWait, waitLine} from "./waits.js";

const SERVICE_TYPES = ["consult", "crossregion", "assist", "delivery", "unresolved"];
const KEYS_A_PAGE = 6;
const TILE_DOTS = 12;
const LONG_NAME = 9;                        // characters that fit a tile in one line

/** Whether a kiosk may offer the queue now. The kiosk's picture says so; its news and the public picture leave it to the hours. */
export function isOffered(row, hall) {
  return row?.offered ?? (hall.hours.issuing !== false && (row?.planned_windows > 0 || row?.open_windows > 0));
}

/** Queues by whom they are for, in the order of the hall file: the audiences of their items decide. */
export function grouped(hall) {
  const groups = {personal: [], company: [], service: []};
  for (const queue of hall.queues) groups[groupOf(queue, hall.items)].push(queue);
  return Object.entries(groups).filter(([, queues]) => queues.length);
}

export function menuPage({hall, picture, words, closed}) {
  return html`<main class="home" data-key="home">
    <section class="ask">${closed ?? html`<h1 class="head" tabindex="-1">${words.word("ask")}</h1>${words.second("ask")}`}</section>
    <div class="menu">${grouped(hall).map(([group, queues]) => html`
      <section class="group" data-key="${group}" aria-labelledby="group-${group}" style="${{"--rows": Math.ceil(queues.length / 2)}}">
        <h2 id="group-${group}">${words.pair(group)}</h2>
        <div class="tiles">${queues.map((queue) => tile(queue, {hall, picture, words, closed}))}</div>
      </section>`)}
    </div>
    <nav class="util" aria-label="${words.word("help")}">
      <button class="key" data-action="language" lang="${words.language === "en" ? "zh-CN" : "en"}">${icon("globe")}${words.word("english")}</button>
      <button class="key" data-action="elder">${icon("elder")}${words.word("elder")}</button>
      <p class="help">${icon("help")}<span>${words.word("help")}<small>${words.word("phoneLine", {phone: hall.consult_phone})}</small></span></p>
    </nav>
  </main>`;
}

/** Six large keys a page, all of them in the lower half of the panel. */
export function elderPage({hall, picture, words, visit, closed}) {
  const queues = grouped(hall).flatMap(([, rows]) => rows);
  return largeKeys({
    key: "elder", words, sheet: visit.sheet,
    head: closed ?? html`<h1 class="head" tabindex="-1">${words.word("askElder")}</h1>`,
    keys: queues.map((queue) => largeTile(queue, {hall, picture, words})),
    leave: html`<button class="key" data-action="normal">${icon("home")}${words.word("normal")}</button>`,
  });
}

/** The second level: the items of a queue, and a way for those who are not sure. */
export function itemsPage({hall, words, visit}) {
  const items = hall.items.filter((item) => item.queue === visit.queue.prefix);
  const any = html`<button class="tile item any" data-key="any" data-action="any"><span><strong>${words.word("anyItem")}</strong><small>${words.word("anyItemHint")}</small></span>${icon("right")}</button>`;
  const keys = [...items.map((item) => itemKey(item, words)), any];
  const head = html`<h1 class="head" tabindex="-1">${words.word("askItem")}</h1>${words.second("askItem")}`;
  if (visit.elder) {
    const leave = html`<button class="key" data-action="back">${icon("left")}${words.word("back")}</button>`;
    return largeKeys({key: "items", words, sheet: visit.sheet, head, keys, leave});
  }
  return html`<main class="items" data-key="items">${queueHead(visit.queue, words)}<section class="ask">${head}</section><div class="list">${keys}</div></main>`;
}

/** Disc and name of the queue that was chosen. */
export function queueHead(queue, words, detail = "") {
  const {name, note} = splitName(words.name(queue));
  return html`<div class="what"><span class="disc" aria-hidden="true">${queue.prefix}</span><div><p class="name">${name}</p><p class="detail">${detail || note}</p></div></div>`;
}

/* ── Internal ──────────────────────────────────────────────────────────── */

function groupOf({prefix, type}, items) {
  if (SERVICE_TYPES.includes(type)) return "service";
  const audiences = items.filter((item) => item.queue === prefix).map((item) => item.audience);
  const only = (who) => audiences.filter((audience) => audience === who).length;
  const lean = only("法人") - only("个人") || ({法人: 1, 个人: -1}[audiences[0]] ?? 0);
  if (lean === 0) return "service";
  return lean > 0 ? "company" : "personal";
}

function tile(queue, {hall, picture, words, closed}) {
  const row = picture.queues.find(({id}) => id === queue.prefix);
  const {name, note} = splitName(words.name(queue));
  const zone = hall.zones.find(({id}) => id === queue.zone);
  const off = !isOffered(row, hall);
  const unknown = !off && kindOfWait(row.estimate, row.waiting) === "unknown";
  return html`<button class="tile${off ? " off" : ""}${unknown ? " unknown" : ""}${isLong(row?.estimate) ? " tight" : ""}" data-key="${queue.prefix}" data-action="queue" data-queue="${queue.prefix}">
    <span class="disc" aria-hidden="true">${queue.prefix}</span>
    <span class="of"><span class="row"><strong class="${name.length > LONG_NAME ? "long" : ""}">${name}${note ? html`<small>${note}</small>` : null}</strong>${off ? null : dots(row.waiting, {most: TILE_DOTS})}</span>
      <span class="row"><span class="wait">${off ? words.word(closed ? "notNow" : "todayOff") : waitLine(row, words)}</span><span class="where">${words.language === "en" ? queue.zone : zone && zoneShort(zone).replace(/区$/, "")}</span></span></span>
  </button>`;
}

function largeTile(queue, {hall, picture, words}) {
  const row = picture.queues.find(({id}) => id === queue.prefix);
  const {name, note} = splitName(words.name(queue));
  const off = !isOffered(row, hall);
  return html`<button class="tile large${off ? " off" : ""}" data-key="${queue.prefix}" data-action="queue" data-queue="${queue.prefix}">
    <strong>${name}</strong><span class="wait">${note && off ? note : off ? words.word("todayOff") : waitLine(row, words)}</span></button>`;
}

function itemKey(item, words) {
  return html`<button class="tile item" data-key="${item.code}" data-action="item" data-item="${item.code}"><span><strong>${words.name(item)}</strong></span>${icon("right")}</button>`;
}

function largeKeys({key, words, sheet, head, keys, leave}) {
  const pages = Math.max(1, Math.ceil(keys.length / KEYS_A_PAGE));
  const at = Math.min(sheet, pages - 1);
  const shown = keys.slice(at * KEYS_A_PAGE, (at + 1) * KEYS_A_PAGE);
  return html`<main class="elder" data-key="${key}-large">
    <section class="ask">${head}<p class="page">${pages > 1 ? words.word("pageOf", {n: at + 1, of: pages}) : ""}</p></section>
    <div class="lower"><div class="large-keys">${shown}</div>
      <nav class="util"><button class="key" data-action="previous" disabled="${at === 0}">${icon("left")}${words.word("previous")}</button>
        <button class="key" data-action="more" disabled="${at >= pages - 1}">${words.word("more")}${icon("right")}</button>${leave}</nav>
    </div></main>`;
}
