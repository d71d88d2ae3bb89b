// <board-notice>: what has just come up in somebody's zone, loud and across the board, until they have answered it; and an evacuation.
// A lead hears of absences, over-runs, incidents and calls for help of the own zone; the manager of over-runs and incidents everywhere.

import {html, patch, define} from "shared/dom.js";
import {icon} from "shared/icons.js";
import {actsOf} from "./attention-acts.js";
import {Chime} from "./chime.js";
import {since} from "./since.js";

class BoardNotice extends HTMLElement {
  #answered = new Set();                    // keys that somebody has read
  #known = null;                            // keys that were there at the last look; null before the first
  #chime = new Chime();

  /** entries of attention(); now: hall time in ms. */
  show({entries, picture, session, acts, now}) {
    const loud = entries.filter((entry) => concerns(entry, session) && !this.#answered.has(answerKey(entry)));
    this.#ring(loud);
    this.hidden = !loud.length && !picture.evacuation;
    patch(this, html`${picture.evacuation && evacuation(acts)}
      ${loud.length > 0 && notice(loud, now, acts, this.#chime.on)}`);
  }

  read(key) {
    this.#answered.add(key);
  }

  toggleSound() {
    this.#chime.toggle();
  }

  #ring(loud) {
    const keys = new Set(loud.map(answerKey));
    if (this.#known && [...keys].some((key) => !this.#known.has(key))) this.#chime.ring();
    this.#known = keys;
  }
}

/** A notice that was read comes back when its matter has become another one. */
function answerKey({key, state = "", since: from}) {
  return `${key}${state}@${from ?? ""}`;
}

function concerns({key, zone, state, quiet}, {role, zone: own}) {
  const kind = key.slice(0, key.indexOf("-"));
  const here = role === "area_lead" && (!own || zone === own || (kind === "incident" && !zone));
  if (kind === "incident") return state === "open" && (here || (role === "manager" && !quiet));
  if (kind === "over") return here || role === "manager";
  return kind === "pause" && here;
}

function notice([first, ...rest], now, acts, sound) {
  return html`<div class="loud ${first.level}" role="alert" data-key="${first.key}">${icon(first.sign)}
    <p><b>${first.title}</b><span>${first.detail}</span></p>${since(first.since, now, first.plus)}
    <span class="do">${acts && actsOf(first).map(({act, label, id}) => html`<button type="button" class="small" data-action="${act}" data-id="${id}">${label}</button>`)}
      <button type="button" class="small" data-action="read" data-id="${answerKey(first)}">知道了</button>
      <button type="button" class="small" data-action="sound" aria-pressed="${String(sound)}">${icon("sound")}${sound ? "声音已开" : "开启声音"}</button></span>
    ${rest.length > 0 && html`<span class="more">还有 ${rest.length} 件</span>`}</div>`;
}

function evacuation(acts) {
  return html`<div class="loud alarm" role="alert" data-key="evacuation">${icon("alert")}<p><b>正在疏散</b><span>各屏和广播请大家有序离开，取号和叫号已停止</span></p>
    ${acts && html`<span class="do"><button type="button" class="small" data-action="end-evacuation">结束疏散</button></span>`}</div>`;
}

define("board-notice", BoardNotice);
