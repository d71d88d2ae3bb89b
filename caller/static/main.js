/* The clerk's page: who (sign in) → where (window) → work → locked while paused. Which stage shows follows from the session
   and the hall's picture alone, so a reload, a second tab or a manager's hand all end at the truth. */

import {Live, identify} from "shared/live.js";
import {fetchJson, remove} from "shared/command.js";
import {onAction} from "shared/dom.js";
import {factsOf, ownWindow, queuesOf} from "./facts.js";
import "./change-log.js";
import "./desk-bar.js";
import "./next-up.js";
import "./own-day.js";
import "./own-reports.js";
import "./pause-lock.js";
import "./sign-in.js";
import "./ticket-card.js";
import "./window-choice.js";
import "./window-panel.js";

const TICK_MS = 250;                         // a counted second is never late by more than this
const APOLOGY_MS = 120_000;                  // so long the apology stands after a pause, unless someone is called before

const hall = JSON.parse(document.getElementById("hall").textContent);
const part = (name) => document.querySelector(name);
const proposed = Number(new URLSearchParams(location.search).get("window")) || null;

class Page {
  #session = null;
  #live = null;
  #stage = null;
  #number = undefined;                       // the window the log belongs to
  #before = null;                            // the picture before the last news, which says whose doing they were
  #sorryUntil = 0;
  #handing = false;                          // the session is passing from one clerk to another
  #checkFirst = false;                       // the clerk has just come: before opening the equipment is tried
  #second = null;

  /* ── Lifecycle ───────────────────────────────────────────────────────── */

  async start() {
    document.addEventListener("signed-in", ({detail}) => this.#signedIn(detail));
    document.addEventListener("signed-out", ({detail}) => this.#signedOut(detail));
    document.addEventListener("signed-on", () => { this.#checkFirst = true; this.#live.refresh(); });
    document.addEventListener("handing-over", ({detail}) => { this.#handing = detail; });
    document.addEventListener("resumed", () => { this.#sorryUntil = performance.now() + APOLOGY_MS; this.#live.refresh(); });
    onAction(document, {"sign-out": () => this.#signOut()});
    setInterval(() => this.#tick(), TICK_MS);
    try {
      this.#signedIn(await fetchJson("session"));
    } catch (error) {
      if (error.unreachable) setTimeout(() => location.reload(), 3_000);
      this.#signedOut(error.status === 401 ? null : error.message);
    }
  }

  #signedIn(session) {
    this.#session = session;
    identify({csrf: session.csrf});
    if (this.#live) { this.#live.restart(); return; }
    this.#live = new Live({
      view: "caller",
      onChange: (picture, news) => this.#changed(picture, news),
      onEstimates: () => this.#draw(),
      onState: () => this.#draw(),
      onSignedOut: () => this.#signedOut("您的登录已被结束。如有疑问，请联系区域负责人或系统管理员。"),
      onRefused: (error) => { if (error.status === 401 || error.code === "not_signed_in") this.#signedOut(error.message ?? null); },
    }).start();
    part("window-panel").use(this.#live, hall, part(".side-keys"));
  }

  #signedOut(message) {
    if (this.#stage === "sign-in" && !this.#session) return;           // the first reason stays
    this.#session = null;
    this.#show("sign-in");
    part("sign-in").ask(hall, message);
    this.#drawBar();
  }

  async #signOut() {
    await remove("session");
    location.assign("/caller");
  }

  /* ── Callbacks ───────────────────────────────────────────────────────── */

  #changed(picture, news) {
    if (!this.#session || this.#handing) return;
    const window = ownWindow(picture, this.#session.staff);
    if (window?.number !== this.#number) this.#moved(window, picture);
    else if (window && news) part("change-log").hear(news, this.#before, this.#desk(window));
    if (window?.ticket) this.#sorryUntil = 0;
    this.#before = picture;
    this.#draw();
  }

  /** The clerk has taken up a window, or left it. */
  #moved(window, picture) {
    this.#number = window?.number;
    if (window) part("change-log").lookBack(picture.seq, this.#desk(window));
    else part("change-log").clear();
  }

  /* ── Internal ────────────────────────────────────────────────────────── */

  #tick() {
    const second = Math.floor((this.#live?.hallNow() ?? Date.now()) / 1000);
    if (second === this.#second) return;
    this.#second = second;
    this.#draw();
  }

  #draw() {
    this.#drawBar();
    const picture = this.#live?.picture;
    if (!this.#session || !picture || this.#handing) return;
    const window = ownWindow(picture, this.#session.staff);
    if (!window) { this.#drawChoice(picture); return; }
    const facts = factsOf({
      picture, hall, number: window.number, now: this.#live.hallNow(),
      apology: performance.now() < this.#sorryUntil, live: this.#live.state !== "stale",
    });
    if (window.state === "paused") {
      this.#show("pause-lock");
      part("pause-lock").show(facts, this.#session);
      return;
    }
    this.#show(".desk");
    document.title = titleOf(facts);
    for (const name of ["ticket-card", "window-panel", "next-up", "own-day", "own-reports"]) part(name).show(facts);
    this.#offerCheck(picture);
  }

  /** Before the hall opens, whoever takes up a window is offered the self-check at once (clause 4.2.1.2 a). */
  #offerCheck({phase}) {
    if (!this.#checkFirst) return;
    this.#checkFirst = false;
    if (phase === "before_open") queueMicrotask(() => part("window-panel").press("self-check"));
  }

  #drawChoice(picture) {
    const fresh = this.#stage !== "window-choice";
    this.#show("window-choice");
    if (fresh) part("window-choice").ask({hall, picture, session: this.#session, proposed});
    else part("window-choice").show({hall, picture});
  }

  #drawBar() {
    const picture = this.#session ? this.#live?.picture ?? null : null;
    const window = picture ? ownWindow(picture, this.#session.staff) : null;
    const planned = window && hall.windows.find((row) => row.number === window.number);
    const now = this.#live?.clock.set ? this.#live.clock.iso() : hall.clock.now;
    part("desk-bar").show({hall, session: this.#session, window: window && {...planned, ...window}, picture, now, live: document.documentElement.dataset.live});
  }

  #show(stage) {
    if (this.#stage === stage) return;
    this.#stage = stage;
    document.body.dataset.stage = stage.replace(".", "");
    for (const each of document.querySelectorAll("main > :not(noscript)")) each.hidden = !each.matches(stage);
    if (stage !== ".desk") part("window-panel").rest();
    if (stage !== "pause-lock") part("pause-lock").rest();
  }

  #desk(window) {
    return {number: window.number, queues: queuesOf(window)};
  }
}

/** What the tab says while the clerk works in another one. */
function titleOf({ticket, number, queues}) {
  const waiting = queues.reduce((sum, queue) => sum + queue.waiting, 0);
  return `${ticket?.number ?? "空闲"} · 等候 ${waiting} · ${number} 号窗口`;
}

new Page().start();
