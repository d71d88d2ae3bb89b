/* Before a number exists: how long, how many, where; then print it or keep it on the phone. */

import {html} from "shared/dom.js";
import {icon} from "shared/icons.js";
import {splitName, windowsText, zoneShort} from "shared/place.js";

import {dots, isLong, kindOfWait, rangeOf, turnTimes} from "./waits.js";

/** context: hall, picture, words, visit {queue, item, group, sending}, clock, live, canPrint, noPaper. */
export function confirmPage(context) {
  const {hall, words, visit, canPrint, noPaper} = context;
  const row = context.picture.queues.find(({id}) => id === visit.queue.prefix);
  return html`<main class="confirm" data-key="confirm">
    <div class="head-lines"><h1 class="head" tabindex="-1">${words.word("check")}</h1>${words.second("check")}</div>
    <div class="lift"><article class="slip">
      ${chosen(visit, words)}<div class="rip"></div>${waitPart(row, context)}${wherePart(context)}
    </article></div>
    <div class="decide">
      ${noPaper ? html`<p class="paper slow" role="status">${icon("printer")}<span>${words.word("noPaper")}</span></p>` : null}
      ${priorityKey(hall, visit, words)}
      <div class="keys" aria-busy="${visit.sending ? "true" : "false"}">${takeKeys({visit, words, canPrint})}</div>
    </div>
  </main>`;
}

/** Which group, by touch; the group only is stored, never its proof (K14). */
export function priorityPage({hall, words, visit}) {
  const groups = hall.priority_groups.map((group) => group.name ?? group);
  return html`<main class="priority" data-key="priority">
    <section class="ask"><h1 class="head" tabindex="-1">${words.word("priorityAsk")}</h1>${words.second("priorityAsk")}<p class="note">${words.word("priorityNote")}</p></section>
    <div class="list">${groups.map((group) => html`
      <button class="tile item" data-key="${group}" data-action="group" data-group="${group}" aria-pressed="${visit.group === group ? "true" : "false"}"><span><strong>${group}</strong></span>${icon("right")}</button>`)}
      <button class="tile item any" data-action="group" data-group=""><span><strong>${words.word("priorityNone")}</strong></span>${icon("right")}</button>
    </div></main>`;
}

/** Where the number will be called: the windows that are open now, or all that serve the queue; zone and way. */
export function placeOf({hall, picture}, prefix, language) {
  const queue = hall.queues.find((row) => row.prefix === prefix);
  const zone = hall.zones.find(({id}) => id === queue.zone);
  const all = queue.windows.length ? queue.windows : queue.secondary_windows;
  const open = all.filter((number) => picture.windows.some((row) => row.number === number && row.state !== "closed"));
  const windows = open.length ? open : all;
  return {zone: zone ? zoneName(zone, language) : "", route: zone?.route ?? "", windows};
}

/** "一楼B区", or its short code in English, as the signs have it. */
export function zoneName(zone, language) {
  return language === "en" ? `Zone ${zone.id ?? zone.zone}` : zoneShort(zone);
}

/** What to bring, before queueing for it (K19). */
export function materialsPage({words, visit}) {
  const {item} = visit;
  return html`<main class="materials" data-key="materials">
    <section class="ask"><h1 class="head" tabindex="-1">${words.word("bring")}</h1>${words.second("bring")}<p class="note">${words.name(item)}</p></section>
    <ol>${item.materials.map((name) => html`<li>${icon("doc")}<span>${name}</span></li>`)}</ol>
    <div class="keys"><button class="key go" data-action="back"><span>${words.pair("haveAll")}</span></button></div>
  </main>`;
}

/* ── Internal ──────────────────────────────────────────────────────────── */

function chosen({queue, item}, words) {
  const {name, note} = splitName(words.name(queue));
  return html`<div class="what"><span class="disc" aria-hidden="true">${queue.prefix}</span>
    <div><p class="name">${name}</p><p class="detail">${item ? words.name(item) : note}</p></div></div>`;
}

function waitPart(row, {words, clock, live}) {
  const kind = kindOfWait(row.estimate, row.waiting);
  const {estimate} = row;
  return html`<div class="wait-part">
    <p class="lbl">${words.pair("waitLabel")}</p>
    ${hero(kind, estimate, words)}
    <p class="turn">${turnLine(kind, estimate, {words, clock, now: live.hallNow()})}</p>
    ${row.warn ? html`<p class="busy">${words.word("busy")}</p>` : null}
    <div class="line"><b>${words.word("aheadOf", {n: row.waiting})}</b>${dots(row.waiting, {you: true})}<span class="hint">${words.word("you")}</span>${icon("right")}
      ${row.open_windows ? html`<span class="plate num">${words.word("openWindows", {n: row.open_windows})}</span>` : null}</div>
  </div>`;
}

function hero(kind, estimate, words) {
  if (kind === "unknown") return html`<p class="range soft">${words.word("unknownWait")}</p>`;
  if (kind === "none") return html`<p class="range soft">${words.word("noWait")}</p>`;
  if (kind === "within") return html`<p class="range soft num">${words.word("within", {n: estimate.high_minutes})}</p>`;
  const {range, unit} = rangeOf(estimate);
  return html`<p class="range num ${isLong(estimate) ? "long" : ""}"><small>${words.word("about")}</small>${range}<small>${words.word(unit)}</small></p>`;
}

function turnLine(kind, estimate, {words, clock, now}) {
  if (kind === "unknown") return words.word("unknownWhy");
  const times = turnTimes(estimate, now, clock);
  return words.word(times.from === times.to ? "turnAt" : "turn", times);
}

function wherePart({words, visit, ...context}) {
  const {zone, route, windows} = placeOf(context, visit.queue.prefix, words.language);
  const key = windows.length === 1 ? "windowAt" : "windowsAt";
  return html`<div class="go-to">
    <p class="lbl">${words.pair("whereLabel")}</p>
    <p class="place"><span>${zone}</span><span class="num">${words.word(key, {windows: windowsText(windows)})}</span></p>
    <ul>${route ? html`<li>${icon("pin")}${route}</li>` : null}<li>${icon("sound")}${words.word("watchCalls")}</li></ul>
  </div>`;
}

function someGroups({priority_groups: groups}, {language}) {
  const names = groups.slice(0, 4).map((group) => group.name ?? group);
  return language === "en" ? names.join(", ") : `${names.join("、")}${groups.length > names.length ? "等" : ""}`;
}

function priorityKey(hall, visit, words) {
  return html`<button class="key prio" data-action="priority" disabled="${visit.sending}">${icon("heart")}<span>${
    visit.group ? words.word("priorityChosen", {group: visit.group}) : words.word("priority")}</span><small>${
    visit.group ? words.word("priorityNote") : someGroups(hall, words)}</small>${icon("right", "end")}</button>`;
}

function takeKeys({visit, words, canPrint}) {
  if (visit.sending) return html`<button class="key go" data-key="go" aria-disabled="true"><span>${words.pair("taking")}</span></button>`;
  const materials = visit.item?.materials?.length ? html`<button class="key" data-key="materials" data-action="materials">${icon("doc")}${words.word("seeMaterials")}</button>` : null;
  if (!canPrint) return html`<button class="key go" data-key="go" data-action="take" data-print="none">${icon("phone")}<span>${words.pair("take")}</span></button>${materials}`;
  return html`<button class="key go" data-key="go" data-action="take" data-print="printer">${icon("printer")}<span>${words.pair("takePrint")}</span></button>
    <button class="key" data-key="paperless" data-action="take" data-print="none">${icon("phone")}${words.word("takePhone")}</button>${materials}`;
}
