/* When there is no number: why, politely, and always what to do instead (K8). */

import {html} from "shared/dom.js";
import {icon} from "shared/icons.js";

import {queueHead} from "./menu.js";

const TITLES = {
  closed: "closedTitle", quota_reached: "quotaTitle", no_open_window: "noWindowTitle", too_many: "tooManyTitle",
  unreachable: "lostTitle", server_away: "lostTitle", unknown_device: "notEnrolledTitle", not_signed_in: "notEnrolledTitle", not_allowed: "notEnrolledTitle",
  book: "bookTitle", leave: "leaveTitle",
};
const OWN_WORDS = ["closed", "unreachable", "server_away", "unknown_device", "not_signed_in", "not_allowed", "book", "leave"];
const LOST = ["unreachable", "server_away"];
const OTHER_KIOSK = [...LOST, "unknown_device", "not_signed_in", "not_allowed"];

/** visit.problem: {code, message, messageEn, facts}. */
export function refusalPage({hall, words, visit, openAgain}) {
  const {problem} = visit;
  const title = TITLES[problem.code] ?? "otherTitle";
  const lost = LOST.includes(problem.code);
  return html`<main class="refusal" data-key="refusal" data-code="${problem.code}">
    ${visit.queue ? queueHead(visit.queue, words) : null}
    <h1 class="head" tabindex="-1">${words.word(title)}</h1>${words.second(title)}
    <p class="detail">${detail(problem, words, openAgain)}</p>
    ${problem.code === "closed" ? hoursTable(hall, words) : null}
    <section class="instead"><h2>${words.pair("instead")}</h2><ul>${waysOut(problem.code, hall, words)}</ul></section>
    <div class="keys">
      ${lost ? html`<button class="key go" data-action="retry" aria-disabled="${visit.sending ? "true" : null}"><span>${words.pair(visit.sending ? "taking" : "tryAgain")}</span></button>` : null}
      <button class="${lost ? "key" : "key go"}" data-action="home">${icon("home")}<span>${lost ? words.word("home") : words.pair("home")}</span></button>
    </div>
  </main>`;
}

/** The hours of today and what comes next, instead of the question of the start page. */
export function closedNotice(hall, words, openAgain) {
  return html`<h1 class="head" tabindex="-1">${words.word("closedTitle")}</h1>${words.second("closedTitle")}
    <p class="note">${openAgain ? words.word("closedHint", {when: openAgain}) : ""}</p>`;
}

/* ── Internal ──────────────────────────────────────────────────────────── */

function detail(problem, words, openAgain) {
  if (problem.code === "closed" && openAgain) return words.word("closedHint", {when: openAgain});
  if (LOST.includes(problem.code)) return words.word("lostHint");
  if (problem.code === "book") return words.word("bookDetail");
  if (problem.code === "leave") return words.word("leaveDetail");
  if (OWN_WORDS.includes(problem.code)) return "";
  return words.language === "en" ? problem.messageEn : problem.message;
}

function hoursTable(hall, words) {
  const sessions = hall.hours.today;
  if (!sessions.length) return null;
  return html`<dl class="hours"><dt>${words.word("hoursLabel")}</dt>${sessions.map(({opens, closes}) => html`<dd class="num">${opens}–${closes}</dd>`)}</dl>`;
}

function waysOut(code, hall, words) {
  const selfService = hall.zones.some((zone) => zone.name.includes("24"));
  const ways = [
    OTHER_KIOSK.includes(code) ? ["printer", "insteadOtherKiosk"] : null,
    code === "closed" ? null : ["desk", "insteadDesk"],
    ["cal", "insteadPhone"],
    selfService && ["closed", "quota_reached", "leave", "book", "no_open_window"].includes(code) ? ["moon", "inside24"] : null,
    ["sound", "insteadHotline"],
  ];
  const facts = {phone: hall.consult_phone, hotline: hall.hotline};
  return ways.filter(Boolean).map(([drawn, key]) => html`<li>${icon(drawn)}<span>${words.word(key, facts)}</span></li>`);
}
