/* The citizen's machine: one visit from the first touch to the number, then everything about it is forgotten.
   The page draws what the visit and the hall's picture say; what a number costs and when there is none is the server's to say. */

import {CommandError, fetchJson, identify} from "shared/command.js";
import {define, onAction, patch} from "shared/dom.js";
import {showEvacuation} from "shared/evacuation.js";
import {Live} from "shared/live.js";

import {choicePage} from "./choice.js";
import {confirmPage, materialsPage, priorityPage} from "./confirm.js";
import {ownToken} from "./enrolment.js";
import {footer, header, stillThere} from "./frame.js";
import {Idle} from "./idle.js";
import {elderPage, isOffered, itemsPage, menuPage} from "./menu.js";
import {whenOpen} from "./opening.js";
import {closedNotice, refusalPage} from "./refusal.js";
import {requestOf, takeNumber, watchPrint} from "./taking.js";
import {ticketPage} from "./ticket.js";
import {wordsIn} from "./words.js";

const HALL_AGAIN_MS = 2_000;
const DEVICE_EVERY_MS = 30_000;
const NO_PAPER = ["out", "cover", "offline"];
const BACK = {items: "home", confirm: "items", priority: "confirm", materials: "confirm", choice: "confirm", refusal: "home"};

/** A visit that has not begun: what the page returns to. */
const fresh = () => ({page: "home", language: "zh", elder: false, sheet: 0, queue: null, item: null, group: null,
  request: null, sending: false, facts: null, ticket: null, already: false, slow: false, problem: null});

class KioskPage extends HTMLElement {
  #hall = null;
  #device = null;                           // this machine as the server or its agent knows it; null when not enrolled
  #live = null;
  #visit = fresh();
  #drawn = "";
  #idle = new Idle((left) => this.#second(left));

  /* ── Lifecycle ───────────────────────────────────────────────────────── */

  async connectedCallback() {
    const token = ownToken(this);
    identify({token});
    await this.#learn();
    this.#live = new Live({
      view: this.#device ? "kiosk" : "public", screen: this.getAttribute("kiosk"), token,
      onChange: (_, news) => this.#heard(news), onEstimates: () => this.#draw(), onState: (state) => this.#stateChanged(state),
    }).start();
    onAction(this, this.#actions());
    for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, () => this.#touched(), {capture: true, passive: true});
    addEventListener("keydown", ({key}) => { if (key === "Escape") this.#asks() ? this.#stay() : this.#back(); });
    addEventListener("contextmenu", (event) => event.preventDefault());
    setInterval(() => this.#lookAtDevice(), DEVICE_EVERY_MS);
    this.#everyMinute();
  }

  async #learn() {
    for (;;) {
      try {
        this.#hall = await fetchJson("hall");
        return await this.#lookAtDevice();
      } catch {
        await sleep(HALL_AGAIN_MS);
      }
    }
  }

  /** Is this machine enrolled, and can it print? Without an agent there is no printer, and the phone carries the number. */
  async #lookAtDevice() {
    try {
      this.#device = await fetchJson("device");
    } catch (error) {
      if (!error.unreachable) this.#device = null;
    }
  }

  #everyMinute() {
    setTimeout(() => { this.#draw(); this.#everyMinute(); }, this.#live.clock.toNextMinute());
  }

  /* ── Actions ─────────────────────────────────────────────────────────── */

  #actions() {
    return {
      language: () => this.#go({language: this.#visit.language === "zh" ? "en" : "zh"}),
      elder: () => this.#go({elder: true, sheet: 0}),
      normal: () => this.#go({elder: false, sheet: 0}),
      more: () => this.#go({sheet: this.#visit.sheet + 1}),
      previous: () => this.#go({sheet: this.#visit.sheet - 1}),
      queue: ({dataset}) => this.#chooseQueue(this.#hall.queues.find(({prefix}) => prefix === dataset.queue)),
      item: ({dataset}) => this.#go({page: "confirm", item: this.#hall.items.find(({code}) => code === dataset.item)}),
      any: () => this.#go({page: "confirm", item: null}),
      materials: () => this.#go({page: "materials"}),
      priority: () => this.#go({page: "priority"}),
      group: ({dataset}) => this.#go({page: "confirm", group: dataset.group || null}),
      take: ({dataset}) => this.#take(dataset.print),
      choose: ({dataset}) => this.#choose(dataset.choice),
      retry: () => this.#send(),
      back: () => this.#back(),
      home: () => this.#reset(),
      stay: () => this.#stay(),
    };
  }

  #chooseQueue(queue) {
    const row = this.#live.picture.queues.find(({id}) => id === queue.prefix);
    if (!isOffered(row, this.#hall)) return this.#refuse({code: this.#closed() ? "closed" : "no_open_window"}, {queue});
    const items = this.#hall.items.filter((item) => item.queue === queue.prefix);
    if (items.length > 1) return this.#go({page: "items", queue, sheet: 0});
    return this.#go({page: "confirm", queue, item: items[0] ?? null});
  }

  #back() {
    const {page, queue, sending} = this.#visit;
    if (sending || page === "home") return;
    const items = this.#hall.items.filter((item) => item.queue === queue?.prefix);
    const to = BACK[page] === "items" && items.length < 2 ? "home" : BACK[page];
    if (!to) this.#reset();
    else this.#go(to === "home" ? {page: "home", queue: null, item: null, group: null, problem: null, sheet: 0} : {page: to, sheet: 0});
  }

  /** Forgets the visit: language, size, choices and number. */
  #reset() {
    this.#visit = fresh();
    this.#go({});
  }

  /* ── Taking a number ─────────────────────────────────────────────────── */

  #take(print) {
    const visit = this.#visit;
    if (visit.sending) return;
    visit.request = requestOf(visit, print);
    this.#send();
  }

  /** After the refusal near closing the request is the same, with the choice. Who books or leaves takes no number. */
  #choose(choice) {
    const visit = this.#visit;
    if (visit.sending) return;
    if (choice !== "wait") return this.#refuse({code: choice});
    visit.request = {...visit.request, after_hours_choice: choice};
    this.#send();
  }

  async #send() {
    const visit = this.#visit;
    if (visit.sending) return;
    this.#go({sending: true});
    try {
      const ticket = await takeNumber(visit.request);
      if (visit === this.#visit) this.#taken(ticket);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      if (visit === this.#visit) this.#refused(error);
    }
  }

  #taken(ticket) {
    const visit = this.#visit;
    this.#go({page: "taken", sending: false, ticket});
    watchPrint(ticket, {goesOn: () => visit === this.#visit, heard: (known, slow) => this.#go({ticket: known, slow})});
  }

  #refused(error) {
    const {code, facts} = error;
    if (code === "after_hours_choice") this.#go({page: "choice", sending: false, facts});
    else if (code === "already_waiting" && facts.ticket?.token) this.#go({page: "taken", sending: false, already: true, ticket: facts.ticket});
    else this.#refuse(error);
  }

  #refuse({code, message, messageEn}, more = {}) {
    this.#go({...more, page: "refusal", sending: false, problem: {code, message, messageEn}});
  }

  /* ── Internal: time without a touch ──────────────────────────────────── */

  /** A touch begins the patience anew; once the page asks, only an answer does, or the touch would fall through to what is below. */
  #touched() {
    if (!this.#asks()) this.#idle.start(this.#patience());
  }

  #stay() {
    this.#idle.start(this.#patience());
    this.#draw();
  }

  #asks() {
    return !["home", "taken"].includes(this.#visit.page) && this.#idle.left <= this.#seconds("warn");
  }

  /** Seconds of real time until the visit is forgotten; none runs on an untouched start page or while a slip is being printed. */
  #patience() {
    const {page, language, elder, ticket, slow} = this.#visit;
    if (page === "home") return language === "zh" && !elder ? Infinity : this.#seconds("idle");
    if (page !== "taken") return this.#seconds("idle");
    if (ticket.print === "pending" && !slow) return Infinity;
    return this.#seconds(ticket.print === "printed" ? "slip" : "scan");
  }

  #seconds(name) {
    return Number(this.dataset[`${name}Seconds`]);
  }

  #second(left) {
    if (left <= 0 && !this.#visit.sending) this.#reset();
    else this.#draw();
  }

  /* ── Internal: drawing ───────────────────────────────────────────────── */

  #go(changes) {
    const patience = this.#patience();
    const before = this.#visit.page;
    Object.assign(this.#visit, changes);
    if (this.#visit.page !== before || this.#patience() !== patience || this.#idle.left === Infinity) this.#idle.start(this.#patience());
    this.#draw();
  }

  #heard(news) {
    if (news?.changed?.hall) this.#learnWhatIsOffered();
    this.#draw();
  }

  #stateChanged(state) {
    if (state === "connected") this.#learnWhatIsOffered();
    this.#draw();
  }

  /** Hours, and which queues are offered, move with the phases of the day: news do not carry them. */
  async #learnWhatIsOffered() {
    this.#hall = await fetchJson("hall").catch(() => this.#hall);
    await this.#live.refetch();
  }

  #closed() {
    return !this.#live.picture.queues.some((row) => isOffered(row, this.#hall));
  }

  #context() {
    const visit = this.#visit;
    const words = wordsIn(visit.language);
    const live = this.#live;
    const openAgain = whenOpen(this.#hall.hours.next_issuing_at ?? this.#hall.hours.next_open_at, live.clock.iso(live.hallNow()), visit.language);
    return {
      hall: this.#hall, picture: live.picture, live, clock: live.clock, visit, words, openAgain, idle: this.#idle.left,
      canPrint: Boolean(this.#device?.printer) && !NO_PAPER.includes(this.#device.printer.state),
      noPaper: NO_PAPER.includes(this.#device?.printer?.state),
      closed: this.#closed() ? closedNotice(this.#hall, words, openAgain) : null,
    };
  }

  #draw() {
    if (!this.#live?.picture) return;
    showEvacuation(this.#live.picture.evacuation);
    const context = this.#context();
    const {visit} = context;
    this.dataset.page = visit.page;
    this.toggleAttribute("data-elder", visit.elder);
    this.lang = context.words.lang;
    const asks = this.#asks();
    patch(this, header(context), pageOf(context), footer(context), asks ? stillThere(context) : null);
    this.querySelector("main").inert = asks;
    const shown = asks ? "asks" : visit.page;
    if (shown === this.#drawn) return;
    const before = this.#drawn;
    this.#drawn = shown;
    if (before) this.querySelector(asks ? "[data-action=stay]" : "main .head")?.focus({preventScroll: true});
  }
}

function pageOf(context) {
  const pages = {home: context.visit.elder ? elderPage : menuPage, items: itemsPage, confirm: confirmPage, materials: materialsPage, priority: priorityPage,
    choice: choicePage, refusal: refusalPage, taken: ticketPage};
  return pages[context.visit.page](context);
}

function sleep(ms) {
  return new Promise((wake) => setTimeout(wake, ms));
}

define("kiosk-page", KioskPage);
