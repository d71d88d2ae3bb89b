/* The desk while its clerk is away: locked (clause 4.2.2.5), with the time left until the promised return, the warning
   and the limit (clause 3.2.3), and the password that brings it back. */

import {define, html, onAction, patch} from "shared/dom.js";
import {command} from "shared/command.js";
import {icon} from "shared/icons.js";
import {clockText, countText, secondsSince} from "shared/time.js";
import {asking} from "./ask.js";
import {ring} from "./pause-ring.js";
import {relieve} from "./relief.js";

const RELIEF_KEY = "F2";

export class PauseLock extends HTMLElement {
  #message = null;
  #busy = false;
  #number = null;
  #facts = null;

  connectedCallback() {
    this.addEventListener("submit", (event) => { event.preventDefault(); this.#resume(event.target); });
    document.addEventListener("keydown", (event) => {
      if (!this.#facts || asking() || event.key !== RELIEF_KEY) return;
      event.preventDefault();
      this.#relieve();
    });
    onAction(this, {relieve: () => this.#relieve()});
  }

  show(facts, session) {
    const fresh = this.#number !== facts.number;
    this.#number = facts.number;
    this.#facts = facts;
    patch(this, this.#away(facts), this.#back(facts, session));
    if (fresh) this.querySelector("[name=password]").focus();
  }

  /** Forgets what was typed: the window is no longer paused. */
  rest() {
    this.#number = null;
    this.#facts = null;
    this.#message = null;
    this.replaceChildren();
  }

  /* ── Internal ────────────────────────────────────────────────────────── */

  async #resume(form) {
    const password = new FormData(form).get("password");
    if (this.#busy || !password) return;
    this.#busy = true;
    try {
      await command(`windows/${this.#number}/resume`, {password});
      this.dispatchEvent(new CustomEvent("resumed", {bubbles: true}));
    } catch (error) {
      this.#message = error.message;
      form.querySelector("[name=password]").select();
    } finally {
      this.#busy = false;
    }
  }

  /** Somebody else goes on at this window while its clerk is away (补岗). */
  async #relieve() {
    if (!this.#facts.live) return;
    const hands = (on) => this.dispatchEvent(new CustomEvent("handing-over", {bubbles: true, detail: on}));
    const done = await relieve(this.#facts, hands);
    if (done?.send) await this.#askLead();
    else if (done) {
      this.dispatchEvent(new CustomEvent("signed-in", {bubbles: true, detail: done}));
      this.dispatchEvent(new CustomEvent("resumed", {bubbles: true}));
    }
  }

  async #askLead() {
    try {
      await command("incidents", {type: "help", place: String(this.#number), note: "请派人补岗"});
      this.#message = "已请区域负责人派人补岗。";
    } catch (error) {
      this.#message = error.message;
    }
  }

  #away({window, hall, now}) {
    const {from, until} = window.pause;
    const spent = secondsSince(from, now);
    const left = Math.ceil((Date.parse(until) - now) / 1000);
    const [warn, limit] = [hall.pause_warn_minutes * 60, hall.pause_limit_minutes * 60];
    const state = spent >= limit ? "over" : spent >= warn ? "near" : "";
    return html`<section class="ring ${state}" aria-label="暂停计时">
      ${ring({spent, promised: secondsSince(from, Date.parse(until)), warn, limit})}
      <div class="left"><p>${left >= 0 ? "还有" : "已超过"}</p><b class="num" role="timer" data-timer>${countText(Math.abs(left))}</b>
        <p class="until">${clockText(until)} 回到窗口</p></div>
      <p class="say">${state === "over" ? html`${icon("alert")}<b>超过 ${hall.pause_limit_minutes} 分钟，已上报区域负责人和大厅管理员</b>`
        : state === "near" ? html`${icon("clock")}<b>已离岗 ${hall.pause_warn_minutes} 分钟，请准备回到窗口</b>` : ""}</p>
      <p class="seen"><span>区域负责人 <b>${window.pause.acknowledged ? "已知晓" : "已报备"}</b></span>
        ${window.relief_asked ? html`<span>补岗 <b>已安排 ${window.relief_asked}</b></span>` : ""}
        <span>窗口屏 <b>${window.sign?.text ?? "暂停服务"}</b></span></p></section>`;
  }

  #back({window, number, queues, live}, session) {
    const own = queues.filter((queue) => window.queues.includes(queue.prefix));
    const waiting = own.reduce((sum, queue) => sum + queue.waiting, 0);
    const others = own.some((queue) => queue.open_windows > 0);
    return html`<section class="back"><h2>${number} 号窗口已暂停</h2>
      <p>${clockText(window.pause.from)} 起，${window.pause.reason}。<br>${waiting ? `等候 ${waiting} 人，${others ? "其他窗口继续办理" : "暂时没有别的窗口办理"}。` : "现在没有人等候。"}</p>
      <form novalidate><input name="staff" autocomplete="username" value="${session.staff}" hidden><label class="field"><span>密码　${session.staff}</span><input name="password" type="password" autocomplete="current-password"></label>
        <p class="problem" role="alert">${this.#message ?? ""}</p>
        <button class="btn go" type="submit" disabled=${!live}>${icon("play")}<span>${live ? "恢复服务" : "网络中断，连上后可恢复"}</span><kbd>Enter</kbd></button></form>
      <button class="btn relieve" type="button" data-action="relieve" aria-keyshortcuts="${RELIEF_KEY}">${icon("people")}<span>请人补岗，换人接着办</span><kbd aria-hidden="true">${RELIEF_KEY}</kbd></button>
      <p class="phrase"><span class="lbl">回来先说</span><span>“对不起，让您久等了。”</span></p></section>`;
  }
}

define("pause-lock", PauseLock);
