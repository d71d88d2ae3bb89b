/* At which window: type its number or touch its plate, Enter takes it up (上岗). Taken windows say who is there. */

import {define, html, patch} from "shared/dom.js";
import {command} from "shared/command.js";
import {icon} from "shared/icons.js";

const LAST_WINDOW = "caller.last-window";    // this machine usually stands at the same window

export class WindowChoice extends HTMLElement {
  #hall = null;
  #picture = null;
  #number = null;
  #message = null;
  #busy = false;

  connectedCallback() {
    this.addEventListener("submit", (event) => { event.preventDefault(); this.#signOn(); });
    this.addEventListener("input", (event) => {
      this.#number = Number(event.target.value) || null;
      this.#message = null;
      this.#draw();
    });
    this.addEventListener("click", (event) => {
      const tile = event.target.closest("[data-window]");
      if (tile) this.#choose(Number(tile.dataset.window));
    });
  }

  /** Proposes a window: the address, what the session knows, the hall file, the last one on this machine. */
  ask({hall, picture, session, proposed}) {
    const planned = hall.windows.find((row) => row.default_staff === session.staff)?.number;
    const last = Number(localStorage.getItem(LAST_WINDOW)) || null;
    this.#number = proposed ?? session.window ?? planned ?? last;
    this.#message = null;
    this.show({hall, picture});
    this.querySelector("input").value = this.#number ?? "";
    this.querySelector("input").select();
    this.querySelector("input").focus();
  }

  show({hall, picture}) {
    [this.#hall, this.#picture] = [hall, picture];
    this.#draw();
  }

  /* ── Actions ─────────────────────────────────────────────────────────── */

  #choose(number) {
    this.#number = number;
    this.#message = null;
    this.#draw();
    this.querySelector("input").value = number;
    this.querySelector("[type=submit]").focus();
  }

  async #signOn() {
    if (this.#busy) return;
    if (!this.#row()) return this.#refuse("没有这个窗口，请核对窗口号。");
    this.#busy = true;
    try {
      await command(`windows/${this.#number}/sign-on`, {});
      localStorage.setItem(LAST_WINDOW, String(this.#number));
      this.dispatchEvent(new CustomEvent("signed-on", {bubbles: true}));
    } catch (error) {
      this.#refuse(error.message);
    } finally {
      this.#busy = false;
    }
  }

  /* ── Internal ────────────────────────────────────────────────────────── */

  #row() {
    return this.#hall.windows.find((row) => row.number === this.#number) ?? null;
  }

  #refuse(message) {
    this.#message = message;
    this.#draw();
    this.querySelector("input").focus();
  }

  #draw() {
    const row = this.#row();
    const zones = this.#hall.zones.map((zone) => [zone, this.#hall.windows.filter((each) => each.zone === zone.id)]);
    patch(this, html`<div class="choice"><form class="sheet" novalidate>
        <h2>在哪个窗口上岗？</h2>
        <label class="field"><span>窗口号</span><input class="plate-input num" inputmode="numeric" autocomplete="off" maxlength="4"></label>
        <p class="chosen">${row ? about(row, this.#hall) : "请输入窗口号，或在右边选择。"}</p>
        <p class="problem" role="alert">${this.#message ? html`${icon("alert")}<span>${this.#message}</span>` : ""}</p>
        <button class="btn go" type="submit">${icon("desk")}<span>${row ? `${row.number} 号窗口上岗` : "上岗"}</span><kbd>Enter</kbd></button></form>
      <div class="zones">${zones.filter(([, rows]) => rows.length).map(([zone, rows]) => html`<section><h3>${zone.name}</h3>
        <div class="tiles">${rows.map((each) => this.#tile(each))}</div></section>`)}</div></div>`);
  }

  #tile({number, primary}) {
    const now = this.#picture.windows.find((row) => row.number === number);
    const taken = now?.clerk ?? null;
    return html`<button type="button" class="tile ${taken ? "taken" : ""}" data-window="${number}" data-key="${number}"
      aria-pressed="${number === this.#number ? "true" : "false"}"><span class="plate num">${number}</span>
      <span>${primary.join(" ")}<small>${taken ?? "空着"}</small></span></button>`;
  }
}

function about({type_name: name, primary, secondary}, hall) {
  const names = primary.map((prefix) => `${prefix} ${hall.queues.find((queue) => queue.prefix === prefix)?.name ?? ""}`);
  return html`<b>${name}</b><br>${names.join("、")}${secondary?.length ? `；空了再叫 ${secondary.join("、")}` : ""}`;
}

define("window-choice", WindowChoice);
