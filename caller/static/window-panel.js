/* The keys of the desk: press → question, where one is needed → POST windows/N/… . What changes on the page comes with the
   news of it, also for one's own presses; here is only what the server refused, said calmly beside the keys. */

import {define, html, onAction, patch} from "shared/dom.js";
import {icon} from "shared/icons.js";
import {requestId} from "shared/live.js";
import {deskKeys, otherKeys, sideKeys} from "./actions.js";
import {asking, leave} from "./ask.js";
import {actionOf, keyMap, keyText} from "./keys.js";
import {showKeys} from "./keys-dialog.js";
import {RELIEF} from "./pause-question.js";
import {questionFor} from "./question-for.js";
import {relieve} from "./relief.js";
import {showWhy} from "./why-next.js";
import {phraseFor} from "./words.js";

const SETTLE_MS = 600;                       // a second Enter so soon was meant for the key that stood there before
const NEWS_WITHIN_MS = 2_000;                // news later than this are fetched
const NOTE_FOR_MS = 12_000;

export class WindowPanel extends HTMLElement {
  #live = null;
  #facts = null;
  #map = null;
  #side = null;                              // where the keys go that are pressed a few times a day
  #busy = null;                              // the key whose command is under way
  #waiting = null;                           // another key, pressed meanwhile
  #note = null;                              // {action, text, kind}: what there is to say about the last press
  #noteTimer = null;
  #changedAt = 0;                            // when the primary key last changed its meaning, ms of the page's own clock

  /* ── Lifecycle ───────────────────────────────────────────────────────── */

  connectedCallback() {
    onAction(document, {press: (button) => this.press(button.dataset.key)});
    document.addEventListener("keydown", (event) => this.#pressed(event));
  }

  use(live, hall, side) {
    this.#live = live;
    this.#map = keyMap(hall);
    this.#side = side;
  }

  /** Draws the keys as they stand now. */
  show(facts) {
    const before = this.#facts;
    this.#facts = facts;
    if (before?.state !== facts.state || before?.ticket?.id !== facts.ticket?.id) this.#stateChanged(before);
    this.#draw();
  }

  /** Forgets the desk while it is not on the screen: its keys do nothing there. */
  rest() {
    this.#facts = null;
    this.#note = null;
    leave();
  }

  /* ── Actions ─────────────────────────────────────────────────────────── */

  /** Presses a key of the desk by its id ("primary", "miss", …). */
  async press(id) {
    const key = this.#keyOf(id);
    if (!key || asking()) return;
    if (this.#busy) { this.#waiting = id; return; }
    if (id === "primary" && performance.now() - this.#changedAt < SETTLE_MS) return;
    if (key.why) { this.#say(id, `${key.label}：${key.why}。`); return; }
    if (id === "keys") { showKeys(this.#map); return; }
    this.#say(null);
    if (id === "why") { await this.#tried(id, () => showWhy(this.#facts)); return; }
    if (id === "relief") { await this.#relieve(); return; }
    const action = key.action ?? id;
    const ticket = this.#facts.ticket?.id;
    const body = await questionFor(action, this.#facts, this.#live);
    if (body?.offer === RELIEF) { await this.#relieve(); return; }
    if (body === null || !this.#facts || (ABOUT_THE_VISIT.has(action) && this.#facts.ticket?.id !== ticket)) return;
    await this.#send(id, action, body);
  }

  /** Another clerk takes over, or the lead is asked to send one. */
  async #relieve() {
    const hands = (on) => this.dispatchEvent(new CustomEvent("handing-over", {bubbles: true, detail: on}));
    const done = await relieve(this.#facts, hands);
    if (done?.send) await this.#send("relief", "help", {type: "help", place: String(this.#facts.number), note: "请派人补岗"});
    else if (done) this.dispatchEvent(new CustomEvent("signed-in", {bubbles: true, detail: done}));
  }

  async #tried(id, act) {
    try {
      await act();
    } catch (error) {
      this.#refused(id, error);
    }
  }

  async #send(id, action, body) {
    this.#busy = id;
    this.#draw();
    try {
      this.#told(id, await this.#do(action, body));
    } catch (error) {
      this.#refused(id, error);
    } finally {
      this.#busy = null;
      this.#draw();
      this.#focusPrimary();
      this.#pressWaiting(id);
    }
  }

  /** A quick hand is not lost, but the same key twice was one wish. */
  #pressWaiting(done) {
    const id = this.#waiting;
    this.#waiting = null;
    if (id && id !== done) this.press(id);
  }

  async #do(action, body) {
    const {number} = this.#facts;
    const send = (verb, fields) => this.#command(`windows/${number}/${verb}`, verb, fields);
    if (REPORTS.has(action)) return this.#command("incidents", action, body);
    if (action !== "finish-next") return send(action, body);
    const done = await send("finish", body);
    return done.window.state === "paused" ? done : send("call-next", {});    // the pause asked for meanwhile has begun
  }

  /** One command. When no answer comes it is sent once more with the same id, so it never counts twice. */
  async #command(path, verb, fields) {
    const body = {...fields, request_id: requestId()};
    const answer = await this.#live.command(path, body).catch((error) => {
      if (!error.unreachable) throw error;
      return this.#live.command(path, body);
    });
    if (answer.seq !== undefined) await this.#newsOf(answer.seq);
    return {verb, ...answer};
  }

  /** Waits until the page has seen what it did, so that the next press meets the desk as it is. */
  async #newsOf(seq) {
    const until = performance.now() + NEWS_WITHIN_MS;
    while ((this.#live.picture?.seq ?? 0) < seq && performance.now() < until) await new Promise((go) => setTimeout(go, 20));
    if ((this.#live.picture?.seq ?? 0) < seq) await this.#live.refresh();
  }

  /* ── Callbacks ───────────────────────────────────────────────────────── */

  #pressed(event) {
    if (!this.#facts || asking()) return;
    const id = actionOf(event, this.#map);
    if (!id) return;
    const focused = document.activeElement;
    const elsewhere = event.key === "Enter" && focused !== document.body && focused?.matches("button, a, input");
    if (elsewhere && !event.repeat) return;            // Enter belongs to the key that has the focus
    event.preventDefault();
    if (!event.repeat) this.press(id);
  }

  #told(id, answer) {
    if (answer?.verb === "call-next" && !answer.ticket) this.#say(id, "现在没有人等候。有人取号时这里马上显示，再按就能叫。", "told");
    else if (TOLD[answer?.verb]) this.#say(id, TOLD[answer.verb], "told");
  }

  #refused(id, error) {
    if (["not_signed_in", "session_expired", "csrf"].includes(error.code)) {
      this.dispatchEvent(new CustomEvent("signed-out", {bubbles: true, detail: error.message}));
      return;
    }
    if (!(error.status >= 0)) throw error;             // a fault of this page, not an answer
    const key = this.#keyOf(id);
    if (key) this.#say(id, `${key.label}没有执行：${error.message}${ADVICE[error.code] ?? ""}`);
    this.#live.refresh();                              // the page may have been behind the hall
  }

  #stateChanged(before) {
    this.#changedAt = before ? performance.now() : 0;
    if (asking() && before?.ticket && before.ticket.id !== this.#facts.ticket?.id) leave();
    queueMicrotask(() => this.#focusPrimary());
  }

  /* ── Internal ────────────────────────────────────────────────────────── */

  #keyOf(id) {
    if (!this.#facts) return null;
    return [...deskKeys(this.#facts), ...sideKeys(this.#facts), ...otherKeys(this.#facts)].find((key) => key.id === id) ?? null;
  }

  #say(action, text = null, kind = "refused") {
    clearTimeout(this.#noteTimer);
    this.#note = text && {action, text, kind};
    if (text) this.#noteTimer = setTimeout(() => this.#say(null), NOTE_FOR_MS);
    this.#draw();
  }

  /** Enter stays with the primary key, whatever was pressed with the mouse before. */
  #focusPrimary() {
    if (!asking() && this.#facts) this.querySelector(".go")?.focus({preventScroll: true});
  }

  #draw() {
    if (!this.#facts) return;
    patch(this, html`<div class="acts">${deskKeys(this.#facts).map((key) => this.#key(key))}</div>${this.#line()}`);
    patch(this.#side, ...sideKeys(this.#facts).map((key) => this.#key(key)));
  }

  #key({id, icon: drawn, label, note, why = null, go, tall, half}) {
    const key = this.#map.keys[id];
    const kind = `btn${go ? " go" : ""}${tall ? " tall" : ""}${half ? " half" : ""}${this.#note?.action === id && this.#note.kind === "refused" ? " marked" : ""}`;
    return html`<button type="button" class="${kind}" data-action="press" data-key="${id}" aria-disabled="${why ? "true" : null}"
      aria-busy="${this.#busy === id ? "true" : null}" aria-keyshortcuts="${key?.replace("Ctrl", "Control")}">${drawn ? icon(drawn) : ""}<span
      class="what">${label}${note ? html` <small>${note}</small>` : ""}</span>${key ? html`<kbd aria-hidden="true">${keyText(key)}</kbd>` : ""}</button>`;
  }

  /** What stands in the way of every key. */
  #standing() {
    if (!this.#facts.live) return OFFLINE;
    return this.#facts.evacuation ? EVACUATION : null;
  }

  /** One line under the keys: what stands in the way now, else what one may say. */
  #line() {
    const {text, kind = ""} = this.#standing() ?? this.#note ?? {};
    const said = phraseFor(this.#facts);
    return html`<p class="note ${kind}" role="status">${text ? html`${icon(kind === "told" ? "bell" : "alert")}<span>${text}</span>` : ""}</p>
      ${(!text || kind === "alarm") && said ? html`<p class="phrase"><span class="lbl">${said.label}</span><span>“${said.text}”</span></p>` : ""}`;
  }
}

/** What is done with the visit in hand: given up when another has taken its place meanwhile. */
const ABOUT_THE_VISIT = new Set(["finish", "finish-next", "miss", "give-back", "hold", "transfer", "call-again", "start"]);
const REPORTS = new Set(["help", "incident"]);
const TOLD = {
  "help": "已通知区域负责人，谁来处理右边会显示。", "incident": "已上报，谁来处理右边会显示。", "self-check": "自检结果已登记。",
  "ready": "已回到队列，本窗口优先叫。", "withdraw-pause": "办完后不再暂停。",
};

const EVACUATION = {kind: "alarm", text: "正在疏散：叫号和办理暂停。请引导群众有序离开，不使用电梯；号码都保留。"};
const OFFLINE = {kind: "refused", text: "网络中断，按键暂停使用。号码都在服务器上，不会丢；连上后自动恢复，不用刷新。"};

/** What to do after a refusal, where the server's sentence leaves that open. */
const ADVICE = {
  unreachable: "若号码没有变化，请再按一次。",
  no_active_ticket: "可能已在别处处理，页面已更新。",
  wrong_state: "页面已更新，请看现在的状态。",
  not_yours: "请到自己上岗的窗口操作。",
};

define("window-panel", WindowPanel);
