/* Who sits here: staff number and password → a session. The password is never kept; the page keeps the CSRF token in memory only. */

import {define, html, patch} from "shared/dom.js";
import {command} from "shared/command.js";
import {icon} from "shared/icons.js";
import {fullStaff} from "./facts.js";

const LAST_STAFF = "caller.last-staff";      // the staff number only, so that the morning begins with the password

export class SignIn extends HTMLElement {
  #message = null;
  #busy = false;

  connectedCallback() {
    this.addEventListener("submit", (event) => { event.preventDefault(); this.#submit(event.target); });
  }

  /** Shows the form; message says why, when a session ended by itself. */
  ask(hall, message = null) {
    this.#message = message;
    this.#draw(hall);
    const staff = this.querySelector("[name=staff]");
    staff.value ||= localStorage.getItem(LAST_STAFF) ?? "";
    this.querySelector(staff.value ? "[name=password]" : "[name=staff]").focus();
  }

  /* ── Internal ────────────────────────────────────────────────────────── */

  async #submit(form) {
    if (this.#busy) return;
    const {staff, password} = Object.fromEntries(new FormData(form));
    if (!staff.trim() || !password) return this.#refuse("请填写工号和密码。", staff.trim() ? "password" : "staff");
    this.#busy = true;
    try {
      const session = await command("session", {staff: fullStaff(staff.trim(), this.hall), password});
      localStorage.setItem(LAST_STAFF, session.staff);
      this.dispatchEvent(new CustomEvent("signed-in", {bubbles: true, detail: session}));
      this.#message = null;
      form.reset();
    } catch (error) {
      this.#refuse(error.message, "password");
    } finally {
      this.#busy = false;
    }
  }

  #refuse(message, field) {
    this.#message = message;
    this.#draw();
    const input = this.querySelector(`[name=${field}]`);
    input.select();
    input.focus();
  }

  #draw(hall = this.hall) {
    this.hall = hall;
    patch(this, html`<form class="sheet" aria-labelledby="sign-in-title" novalidate>
      <h2 id="sign-in-title">您好，请登录</h2><p class="lead">${hall.name}</p>
      <label class="field"><span>工号</span><input name="staff" autocomplete="username" required spellcheck="false" placeholder="例如 ${sample(hall)}"></label>
      <label class="field"><span>密码</span><input name="password" type="password" autocomplete="current-password" required
        aria-describedby="sign-in-problem"></label>
      <p class="problem" id="sign-in-problem" role="alert">${this.#message ? html`${icon("alert")}<span>${this.#message}</span>` : ""}</p>
      <button class="btn go" type="submit">${icon("right")}<span>登录</span><kbd>Enter</kbd></button>
      <p class="advice">密码由系统管理员发放。暂时离开请按“暂停”，本机会自动锁定。</p></form>`);
  }
}

/** A staff number of this hall, to show how they are written; digits alone are completed the same way. */
function sample(hall) {
  return hall.windows.find((row) => row.default_staff)?.default_staff ?? "003";
}

define("sign-in", SignIn);
