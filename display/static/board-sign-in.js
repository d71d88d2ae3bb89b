// <board-sign-in>: the board is for leads, managers and the three system roles; this asks who is looking.

import {html, patch, define} from "shared/dom.js";
import {command, identify} from "shared/command.js";
import {icon} from "shared/icons.js";

class BoardSignIn extends HTMLElement {
  #done = null;
  #busy = false;

  connectedCallback() {
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit(new FormData(event.target));
    });
  }

  /** Shows the form until somebody has signed in; resolves with the session. problem: why the form is here, for people. */
  ask(problem = "") {
    this.hidden = false;
    this.#draw(problem);
    this.querySelector("[name=staff]").focus();
    return new Promise((resolve) => { this.#done = resolve; });
  }

  async #submit(form) {
    if (this.#busy) return;
    this.#busy = true;
    try {
      const session = await command("session", {staff: form.get("staff").trim(), password: form.get("password")});
      identify({csrf: session.csrf});
      this.hidden = true;
      this.replaceChildren();
      this.#done(session);
    } catch (error) {
      this.#draw(error.message);
      this.querySelector("[name=password]").select();
    } finally {
      this.#busy = false;
    }
  }

  #draw(problem) {
    patch(this, html`<form aria-labelledby="sign-in-title">
      <h2 id="sign-in-title">${this.getAttribute("heading") ?? "大厅总览"}</h2><p>${this.getAttribute("hint") ?? "请区域负责人、大厅管理员登录"}</p>
      <label>工号<input name="staff" autocomplete="username" required autocapitalize="off" spellcheck="false"></label>
      <label>密码<input name="password" type="password" autocomplete="current-password" required></label>
      <p class="problem" role="alert">${problem && html`${icon("alert")}<span>${problem}</span>`}</p>
      <button class="key go" type="submit">登录</button></form>`);
  }
}

define("board-sign-in", BoardSignIn);
