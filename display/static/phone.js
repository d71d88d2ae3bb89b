/* The page behind the code on a slip: my number, who is before me, when and where; it calls me when it is my turn.
   Everything on it is the server's answer for this one ticket; it is readable before the socket connects. */

import {fetchJson} from "shared/command.js";
import {define, onAction, patch} from "shared/dom.js";
import {showEvacuation} from "shared/evacuation.js";
import {Live} from "shared/live.js";

import {Attention} from "./phone-attention.js";
import {pageOf, refusedPage} from "./phone-views.js";

const COUNT_EVERY_MS = 1_000;
const LATER_MINUTES = 4;                    // a turn that moved by less is within what the range says

class PhonePage extends HTMLElement {
  #live = null;
  #attention = new Attention();
  #promised = null;                         // the earliest turn that was shown: being later than that is told, with the difference
  #page = {asks: null, busy: false, problem: "", materials: null, books: false};

  /* ── Lifecycle ───────────────────────────────────────────────────────── */

  connectedCallback() {
    const token = this.getAttribute("token");
    this.#live = new Live({
      view: "phone", ticket: token,
      onTicket: (answer) => this.#heard(answer), onState: () => this.#draw(),
      onRefused: (error) => { if (!this.#live.picture) patch(this, refusedPage(error)); },
    }).start();
    onAction(this, {
      way: () => this.#send("on-my-way"),
      return: () => this.#send("return"),
      ask: ({dataset}) => this.#set({asks: dataset.ask}),
      keep: () => this.#set({asks: null}),
      cancel: () => this.#send("cancel"),
      choose: ({dataset}) => this.#choose(dataset.choice),
      materials: () => this.#showMaterials(),
    });
    addEventListener("pointerdown", () => this.#attention.allow(), {capture: true});
    setInterval(() => { if (this.#live.picture?.ticket.state === "called") this.#draw(); }, COUNT_EVERY_MS);
    this.#everyMinute();
  }

  #everyMinute() {
    setTimeout(() => { this.#draw(); this.#everyMinute(); }, this.#live.clock.toNextMinute());
  }

  /* ── Actions ─────────────────────────────────────────────────────────── */

  async #send(verb, body = {}) {
    if (this.#page.busy) return;
    this.#set({busy: true, problem: ""});
    try {
      await this.#live.command(`tickets/${this.getAttribute("token")}/${verb}`, body);
      await this.#live.refresh();
      this.#set({busy: false, asks: null});
    } catch (error) {
      this.#set({busy: false, problem: error.message});
    }
  }

  async #choose(choice) {
    this.#page.books = choice === "book";
    await this.#send("choice", {choice});
  }

  /** The list is the hall's, not the ticket's, and long: fetched when somebody wants it. */
  async #showMaterials() {
    if (this.#page.materials) return this.#set({materials: null});
    const {item} = this.#live.picture.ticket;
    const {items} = await fetchJson("hall").catch(() => ({items: []}));
    this.#set({materials: items.find(({code}) => code === item)?.materials ?? []});
  }

  /* ── Internal ────────────────────────────────────────────────────────── */

  #heard({ticket}) {
    const turn = ticket.estimate?.start_at ?? null;
    if (ticket.state !== "waiting" || !turn) this.#promised = null;
    else if (!this.#promised || Date.parse(turn) < Date.parse(this.#promised)) this.#promised = turn;
    if (ticket.state !== "waiting") this.#page.asks = null;
    this.#attention.heard(ticket);
    this.#draw();
  }

  #minutesLater({estimate}) {
    if (!this.#promised || !estimate?.start_at) return 0;
    const minutes = Math.round((Date.parse(estimate.start_at) - Date.parse(this.#promised)) / 60_000);
    return minutes >= LATER_MINUTES ? minutes : 0;
  }

  #set(changes) {
    Object.assign(this.#page, changes);
    this.#draw();
  }

  #draw() {
    const answer = this.#live?.picture;
    if (!answer) return;
    const {ticket} = answer;
    showEvacuation(answer.evacuation);
    const live = this.#live;
    document.body.dataset.state = ticket.state;
    const context = {ticket, hall: answer.hall, now: live.hallNow(), clock: live.clock, state: live.state, later: this.#minutesLater(ticket), page: this.#page};
    patch(this, pageOf(context));
  }
}

define("phone-page", PhonePage);
