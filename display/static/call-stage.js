// Which call is the hero of a screen. Two calls in one second are both heroes, one after the other; the list beside shows both at once.

const HOLD = 4 * 1000; // ms that a call keeps the stage when others wait for it
const TOO_LATE = 45 * 1000; // ms; a call that had to wait longer for the stage is left to the list

export class CallStage {
  #onChange;
  #opened = false; // true once the page knows what was called before it was loaded
  #seen = new Set(); // ids of calls that were offered before
  #line = []; // calls waiting for the stage, oldest first: {call, since}
  #current = null;
  #freeAt = 0; // when the current hero may be replaced, ms of the page's monotonic clock
  #timer = null;

  /** `onChange(call, isNew)` runs whenever the hero changes; isNew is false for the hero of a freshly loaded page. */
  constructor(onChange) {
    this.#onChange = onChange;
  }

  get current() {
    return this.#current;
  }

  /** Take the calls as they are now, newest first. Calls not seen before come on stage in the order in which they were made. */
  offer(calls) {
    const fresh = calls.filter((call) => !this.#seen.has(call.id));
    for (const call of fresh) this.#seen.add(call.id);
    if (!this.#opened) {
      this.#opened = true;
      if (calls.length) this.#show(calls[0], false);
      return;
    }
    const since = performance.now();
    this.#line.push(...fresh.reverse().map((call) => ({call, since})));
    this.#advance();
  }

  /** A new business day: nobody is on stage. */
  clear() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#seen.clear();
    this.#line = [];
    this.#show(null, false);
  }

  // Internal

  #advance() {
    const now = performance.now();
    this.#line = this.#line.filter(({since}, index) => now - since < TOO_LATE || index === this.#line.length - 1);
    if (!this.#line.length || this.#timer) return;
    if (now < this.#freeAt) {
      this.#timer = setTimeout(() => this.#wake(), this.#freeAt - now);
      return;
    }
    this.#freeAt = now + HOLD;
    this.#show(this.#line.shift().call, true);
    this.#advance();
  }

  #wake() {
    this.#timer = null;
    this.#advance();
  }

  #show(call, isNew) {
    this.#current = call;
    this.#onChange(call, isNew);
  }
}
