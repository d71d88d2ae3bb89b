/* Time without a touch, told second by second; what it means is the page's business. */

export class Idle {
  #left = Infinity;
  #timer = null;
  #onSecond;

  /** onSecond(secondsLeft) is called every second while the countdown runs; 0 is its end. */
  constructor(onSecond) {
    this.#onSecond = onSecond;
  }

  get left() { return this.#left; }

  /** Counts down from so many seconds of real time; Infinity stops it. */
  start(seconds) {
    clearInterval(this.#timer);
    this.#left = seconds;
    if (seconds !== Infinity) this.#timer = setInterval(() => this.#tick(), 1000);
  }

  #tick() {
    this.#left -= 1;
    if (this.#left <= 0) clearInterval(this.#timer);
    this.#onSecond(this.#left);
  }
}
