/* What stands around every page of the kiosk: whose hall, what time, the way back, and how long the page stays. */

import {html} from "shared/dom.js";
import {icon, mark} from "shared/icons.js";
import {clockText, dayText} from "shared/time.js";

export function header({hall, words, visit, live, clock}) {
  const now = clock.iso(live.hallNow());
  const start = visit.page === "home";
  return html`<header class="top" data-key="top">
    ${start || visit.page === "taken" ? mark() : html`<button class="key back" data-action="back" disabled="${visit.sending}">${icon("left")}${words.word("back")}</button>`}
    <div><p class="hall">${words.name({name: hall.name, name_en: hall.name_en})}</p>${words.language === "zh" && hall.name_en ? html`<p class="en" lang="en">${hall.name_en}</p>` : null}</div>
    <div class="clock"><b class="num">${clockText(now)}</b><span>${dayText(now, words.language)}</span></div>
  </header>`;
}

export function footer({words, visit, idle}) {
  if (visit.page === "home") return null;
  return html`<footer class="foot" data-key="foot"><span>${words.word(visit.page === "choice" ? "recorded" : "keepDay")}</span>
    <b class="num" data-idle="${Number.isFinite(idle) ? idle : ""}">${Number.isFinite(idle) ? words.word("homeIn", {n: idle}) : ""}</b></footer>`;
}

/** The question before a visit is forgotten; any touch goes on. */
export function stillThere({words, idle}) {
  return html`<div class="still" data-key="still" role="alertdialog" aria-modal="true" aria-labelledby="still-title" aria-describedby="still-hint"><div class="box">
    <h2 id="still-title">${words.word("still")}</h2><p id="still-hint">${words.word("stillHint", {n: idle})}</p>
    <div class="keys"><button class="key go" data-action="stay"><span>${words.pair("goOn")}</span></button><button class="key" data-action="home">${icon("home")}<span>${words.word("home")}</span></button></div>
  </div></div>`;
}
