/* Near closing (4.3.4.2): when I would be finished, on a line of time, and three choices of equal weight. */

import {html} from "shared/dom.js";
import {icon} from "shared/icons.js";
import {windowsText} from "shared/place.js";
import {clockText} from "shared/time.js";

import {placeOf} from "./confirm.js";
import {queueHead} from "./menu.js";
import {turnTimes} from "./waits.js";

const CHOICES = [["wait", "stay", "moon"], ["book", "book", "cal"], ["leave", "leave", "x"]];
const LABEL_MIN = 11;                       // two times closer than this many hundredths of the line would overlap

/** visit.facts is the refusal after_hours_choice: predicted_finish_at and what else the server told. */
export function choicePage({hall, picture, words, visit, live, clock}) {
  const row = picture.queues.find(({id}) => id === visit.queue.prefix);
  const times = momentsOf(visit.facts, row.estimate, {hall, now: clock.iso(live.hallNow())});
  const {zone, windows} = placeOf({hall, picture}, visit.queue.prefix, words.language);
  const facts = {finish: times.finish && clockText(times.finish), close: times.close && clockText(times.close)};
  const key = facts.finish ? "nearClosing" : "nearClosingUnknown";
  const place = `${zone} ${words.word("windowsAt", {windows: windowsText(windows)})} · ${words.word("aheadOf", {n: row.waiting})}`;
  return html`<main class="choice" data-key="choice">
    ${queueHead(visit.queue, words, place)}
    <h1 class="head" tabindex="-1">${words.word(key, facts)}</h1>${words.second(key, facts)}
    ${times.line ? timeline(times, words, turnText(row.estimate, {words, clock, now: live.hallNow()})) : null}
    <h2 class="pick">${words.pair("choose")}</h2>
    <div class="choices">${CHOICES.map(([choice, name, drawn]) => html`
      <button class="option" data-key="${choice}" data-action="choose" data-choice="${choice}" disabled="${visit.sending}">${icon(drawn)}
        <span><strong>${words.pair(name)}</strong><small>${words.word(`${name}Hint`)}</small></span>${icon("right")}</button>`)}
    </div>
  </main>`;
}

/* ── Internal ──────────────────────────────────────────────────────────── */

function momentsOf(facts, estimate, {hall, now}) {
  const close = facts.closes_at ?? closingAfter(hall.hours.today, now);
  const finish = facts.predicted_finish_at;
  return {now, close, start: estimate?.start_at, finish, line: Boolean(close && finish && Date.parse(close) < Date.parse(finish))};
}

/** The end of the session that is running or comes next, as ISO text of today. */
function closingAfter(sessions, now) {
  const session = sessions.find(({closes}) => closes > clockText(now)) ?? sessions.at(-1);
  return session ? `${now.slice(0, 11)}${session.closes}:00${now.slice(19)}` : null;
}

function turnText(estimate, {words, clock, now}) {
  return !estimate || estimate.unknown ? "" : words.word("turn", turnTimes(estimate, now, clock));
}

/** Positions are hundredths of the way from now to a little after the finish. */
function timeline({now, close, start, finish}, words, turn) {
  const [from, until] = [Date.parse(now), Date.parse(finish)];
  const at = (iso) => Math.max(0, Math.min(100, ((Date.parse(iso) - from) / ((until - from) * 1.18)) * 100));
  const points = [{name: "now", iso: now}, {name: "closing", iso: close}, {name: "yourTurn", iso: start}, {name: "finished", iso: finish}]
    .filter(({iso}) => iso).map((point) => ({...point, at: at(point.iso)})).sort((a, b) => a.at - b.at);
  const label = points.map(({name, iso}) => `${words.word(name)} ${clockText(iso)}`).join("，");
  return html`<figure class="track" role="img" aria-label="${label}">
    <p class="sum" aria-hidden="true">${turn}</p>
    <div class="rail" aria-hidden="true">
      <span class="later" style="${{left: `${at(close)}%`}}"><b>${words.word("afterHours")}</b></span>
      ${start ? html`<span class="mine" style="${{left: `${at(start)}%`, width: `${at(finish) - at(start)}%`}}"></span>` : null}
      <span class="end" style="${{left: `${at(close)}%`}}"></span><span class="here"></span>
    </div>
    <ol class="marks" aria-hidden="true">${points.map((point, index) => html`
      <li class="${lowered(points, index) ? "low" : ""}" style="${{left: `${point.at}%`}}"><b class="num">${clockText(point.iso)}</b>${words.word(point.name)}</li>`)}</ol>
  </figure>`;
}

/** A label too close to the one before it goes a line down. */
function lowered(points, index) {
  const before = points[index - 1];
  return Boolean(before) && points[index].at - before.at < LABEL_MIN && !lowered(points, index - 1);
}
