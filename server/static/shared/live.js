/* A page that tells the truth: fetch the picture, then apply news by number; on a gap or a reconnect ask for what was missed.

     const live = new Live({view: "display", screen: "MS1", onChange: (picture) => draw(picture)}).start();

   <html data-live="connecting|connected|stale" data-seq="…"> says how true the page is, to people (the strip of page.html)
   and to tests. "connected" means: the socket is up and the picture holds everything told so far. */

import {CommandError, command, fetchJson, identify} from "shared/command.js";
import {apply, applyEstimates, isNext} from "shared/fold.js";
import {HallClock, clockText} from "shared/time.js";

export {apply} from "shared/fold.js";
export {CommandError, identify, requestId} from "shared/command.js";

const STALE_AFTER_MS = 5_000;
const BEAT_EVERY_MS = 20_000;
const RETRY_MS = [500, 1_000, 2_000, 4_000, 8_000];
const SOCKET_WITHIN_MS = 4_000;             // a proxy that swallows websockets must not cost more than this
const RECONNECT_AT_MOST_MS = 5_000;
const REFUSED_AGAIN_MS = [1_000, 2_000, 4_000, 8_000, 30_000];      // a page that was left open for days must not knock every second
const REFUSED = 403;

export class Live {
  #options;
  #socket = null;
  #waiting = [];                            // news that arrived before the picture they follow
  #catchingUp = false;
  #again = false;                           // another reason to catch up came while catching up
  #wholeNext = false;                       // the missed news did not close the gap: fetch the picture
  #heldSeq = -1;                            // of the newest whole answer on this connection; a server restored from a backup counts anew
  #trueAt = null;                           // hall time at which the picture was last known to be true
  #failures = 0;
  #refusals = 0;
  #staleTimer = null;

  /** The picture as it is now (the server's answer of GET picture, or of GET tickets/TOKEN when following a ticket), or null. */
  picture = null;
  clock = new HallClock();

  /** options: view, and screen, window, ticket, token (a device's), audio (this page can play sound), hall;
   *  handlers: onChange(picture, news|null), onCall(call) for each call made while the page watches, onEstimates(picture), onDevices(picture),
   *  onAnnounce(announcement), onAudioRole({zone, master}), onSignedOut({code}), onTicket(answer), onState(state), onRefused(CommandError);
   *  status() → what a beat says beside the page's name. */
  constructor(options) {
    this.#options = options;
    if (options.token) identify({token: options.token});
  }

  /* ── Lifecycle ───────────────────────────────────────────────────────── */

  start() {
    this.#show("connecting");
    this.#expectConnection();
    this.#catchUp();
    this.#connect();
    setInterval(() => this.#beat(), BEAT_EVERY_MS);
    addEventListener("online", () => this.#socket?.connect());
    addEventListener("pageshow", (event) => { if (event.persisted) this.refresh(); });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.#beat(); });
    return this;
  }

  /** Signs on to the news again, after the page has become someone else (sign-in, sign-out). */
  restart() {
    this.picture = null;
    this.#waiting = [];
    this.#socket?.disconnect().connect();
    return this.refresh();
  }

  /* ── Actions ─────────────────────────────────────────────────────────── */

  get state() { return document.documentElement.dataset.live; }

  /** Hall time in ms since 1970: the server's clock and speed, counted on without the machine's own clock. */
  hallNow() { return this.clock.now(); }

  /** POST a command; see command.js. The page changes when the news of it arrives, for its own commands too. */
  command(path, body) { return command(path, body); }

  /** Fetches what may have been missed. */
  refresh() { return this.#catchUp(); }

  /** Fetches the whole picture again: for what a picture tells once and news do not repeat. */
  refetch() {
    this.#wholeNext = true;
    return this.#catchUp();
  }

  /** Tells the server something over the socket: announced, shown. Lost when not connected. */
  tell(event, data) { if (this.#socket?.connected) this.#socket.emit(event, data); }

  /** How many ms a word to the server and back takes over the socket; null when nothing comes back. */
  roundTrip() {
    if (!this.#socket?.connected) return Promise.resolve(null);
    const began = performance.now();
    return new Promise((settle) => {
      this.#socket.timeout(SOCKET_WITHIN_MS).emit("beat", {page: this.#options.view}, (lost) => settle(lost ? null : performance.now() - began));
    });
  }

  /* ── Internal: the picture ───────────────────────────────────────────── */

  async #catchUp() {
    if (this.#catchingUp) { this.#again = true; return; }
    this.#catchingUp = true;
    try {
      do {
        this.#again = false;
        if (!(await this.#fetchMissed())) await this.#fetchPicture();
        this.#drain();
        if (this.#wholeNext) await new Promise((wake) => setTimeout(wake, RETRY_MS[0]));
      } while (this.#again);
      this.#failures = 0;
      this.#settle();
    } catch (error) {
      this.#fetchFailed(error);
    } finally {
      this.#catchingUp = false;
    }
  }

  /** True when the missed news were still to be had; a picture too old for that (410) is fetched whole. */
  async #fetchMissed() {
    if (!this.picture || this.#options.ticket || this.#wholeNext) return false;
    try {
      const {news} = await fetchJson(`news?after=${this.picture.seq}${this.#query("&")}`);
      for (const piece of news) {
        if (!isNext(this.picture, piece) && piece.seq > this.picture.seq) return false;
        this.#take(piece);
      }
      return true;
    } catch (error) {
      if (error.unreachable) throw error;
      return false;
    }
  }

  async #fetchPicture() {
    const {ticket} = this.#options;
    this.#wholeNext = false;
    this.#hold(await fetchJson(ticket ? `tickets/${ticket}` : `picture${this.#query("?")}`));
  }

  #hold(answer) {
    if (answer.seq < this.#heldSeq) return;                         // a slow answer, overtaken by a newer one
    this.#heldSeq = answer.seq;
    this.clock.tell(answer.clock ?? answer);
    this.picture = answer;
    this.#changed(null);
  }

  /** News in order; what does not follow yet waits for the missing piece. */
  #hear(piece) {
    this.#waiting.push(piece);
    if (this.picture && !this.#catchingUp) this.#drain();
  }

  #drain() {
    if (!this.picture) return;
    this.#waiting.sort((a, b) => a.seq - b.seq);
    while (this.#waiting.length && this.#waiting[0].seq <= this.picture.seq + 1) this.#take(this.#waiting.shift());
    if (!this.#waiting.length) return;
    if (this.#catchingUp) this.#again = this.#wholeNext = true;
    else this.#catchUp();
  }

  #take(piece) {
    if (piece.seq <= this.picture.seq) return;
    const known = new Set(this.picture.calls?.map((call) => call.id));
    this.picture = apply(this.picture, piece);
    this.#changed(piece);
    for (const call of this.picture.calls ?? []) if (!known.has(call.id)) this.#options.onCall?.(call);
  }

  #changed(piece) {
    this.#trueAt = this.clock.iso();
    if (this.picture.seq !== undefined) document.documentElement.dataset.seq = this.picture.seq;
    this.#options.onChange?.(this.picture, piece);
    if (this.#options.ticket) this.#options.onTicket?.(this.picture);
  }

  #fetchFailed(error) {
    if (!(error instanceof CommandError)) throw error;              // a fault of the page, not of the network
    if (!error.unreachable && error.status < 500 && error.status !== 429) return this.#options.onRefused?.(error);
    this.#expectConnection();                                       // connected, but the picture cannot be had
    const wait = RETRY_MS[Math.min(this.#failures++, RETRY_MS.length - 1)];
    setTimeout(() => this.#catchUp(), wait);
  }

  /* ── Internal: the socket ────────────────────────────────────────────── */

  async #connect() {
    const io = await this.#socketClient();
    const socket = io("/news", {
      auth: (tell) => tell(this.#auth()),
      transports: ["websocket", "polling"], tryAllTransports: true, timeout: SOCKET_WITHIN_MS,
      reconnectionDelay: 500, reconnectionDelayMax: RECONNECT_AT_MOST_MS,
    });
    this.#socket = socket;
    socket.on("connect", () => this.#connected());
    socket.on("disconnect", (reason) => this.#disconnected(reason));
    socket.on("connect_error", (error) => this.#notConnected(error));
    this.#listen(socket);
  }

  /** The socket's code comes after the first picture is asked for: a page is readable without it. */
  async #socketClient() {
    for (;;) {
      try {
        return (await import("vendor/socket.io.esm.min.js")).io;
      } catch {
        await new Promise((wake) => setTimeout(wake, RECONNECT_AT_MOST_MS));
      }
    }
  }

  #listen(socket) {
    const {onAnnounce, onAudioRole, onDevices, onEstimates} = this.#options;
    socket.on("news", (piece) => { if (!this.#options.ticket) this.#hear(piece); });
    socket.on("estimates", (estimates) => {
      if (!this.picture?.queues) return;
      this.picture = applyEstimates(this.picture, estimates);
      onEstimates?.(this.picture);
    });
    socket.on("devices", ({devices}) => {                           // numberless like estimates; only a picture that has devices
      if (!this.picture?.devices) return;
      this.picture = {...this.picture, devices};
      onDevices?.(this.picture);
    });
    socket.on("ticket", (answer) => { if (this.#options.ticket) this.#hold(answer); });
    socket.on("clock", (told) => this.clock.tell(told));
    socket.on("announce", (announcement) => onAnnounce?.(announcement));
    socket.on("audio-role", (role) => onAudioRole?.(role));
    socket.on("signed-out", (told) => this.#options.onSignedOut?.(told));
  }

  #auth() {
    const {view, screen, window, ticket, token, audio} = this.#options;
    return {view, screen, window, ticket, token, audio};
  }

  #connected() {
    this.#refusals = 0;
    this.#heldSeq = -1;
    this.#waiting = [];
    this.#catchUp();
  }

  #disconnected(reason) {
    this.#trueAt = this.clock.iso();
    this.#expectConnection();
    if (reason === "io server disconnect") setTimeout(() => this.#socket.connect(), RETRY_MS[1]);
  }

  #notConnected(error) {
    if (this.#socket.active) {                                      // it tries again by itself; after silence polling goes first
      if (error.message === "timeout") this.#socket.io.opts.transports = ["polling", "websocket"];
      return;
    }
    this.#options.onRefused?.(new CommandError(REFUSED, {code: error.message, ...error.data}));
    setTimeout(() => this.#socket.connect(), REFUSED_AGAIN_MS[Math.min(this.#refusals++, REFUSED_AGAIN_MS.length - 1)]);
  }

  #beat() {
    if (!this.#socket?.connected) return;
    const {view, screen, status} = this.#options;
    this.#socket.timeout(BEAT_EVERY_MS).emit("beat", {page: screen ?? view, ...status?.()}, (lost, answer) => {
      if (!lost && answer?.now) this.clock.tell(answer);
    });
  }

  #query(sign) {
    const {view, hall} = this.#options;
    return `${sign}view=${encodeURIComponent(view)}${hall ? `&hall=${encodeURIComponent(hall)}` : ""}`;
  }

  /* ── Internal: what the page says of itself ──────────────────────────── */

  #expectConnection() {
    this.#staleTimer ??= setTimeout(() => this.#show("stale"), STALE_AFTER_MS);
  }

  #settle() {
    if (!this.#socket?.connected || !this.picture) return;
    clearTimeout(this.#staleTimer);
    this.#staleTimer = null;
    this.#show("connected");
    this.#beat();
  }

  #show(state) {
    const page = document.documentElement;
    if (page.dataset.live === state) return;
    page.dataset.live = state;
    const asOf = this.#trueAt ? clockText(this.#trueAt) : "—";
    for (const place of document.querySelectorAll("[data-stale-at]")) place.textContent = asOf;
    this.#options.onState?.(state);
  }
}
