// The page as the loudspeaker of its audio zone: plays what the server announces, one at a time, and answers when it has been heard.
// A browser may refuse to play before somebody has touched the page; then one large button asks for that touch.

import {element} from "shared/dom.js";
import {icon} from "shared/icons.js";

const SILENCE = new URL("./silence.wav", import.meta.url).href; // a tenth of a second, to ask the browser whether it would play
const GRACE = 3 * 1000; // ms beyond its length after which a sound that does not end is given up

export class Loudspeaker {
  /** What a beat tells the server: can this page be heard? null until the browser has been asked. */
  ready = null;
  #tell;
  #onReady;
  #line = []; // announcements that arrived while another was playing
  #playing = false;
  #player = new Audio();
  #button = null;

  /** tell(event, data) sends to the server; onReady(ready) runs whenever the answer to "can it be heard?" changes. */
  constructor({tell, onReady}) {
    this.#tell = tell;
    this.#onReady = onReady;
  }

  // Actions

  /** Ask the browser, by playing silence. */
  async probe() {
    if (this.#playing) return;
    this.#playing = true;
    this.#setReady(await this.#start(SILENCE));
    this.#playing = false;
    this.#next();
  }

  /** announcement: {id, url, duration_seconds, …}; its answer is `announced` {id, ok, played_ms}. */
  announce(announcement) {
    if (this.#line.some(({id}) => id === announcement.id)) return;
    this.#line.push(announcement);
    this.#next();
  }

  // Internal: one after the other

  async #next() {
    if (this.#playing || !this.#line.length) return;
    this.#playing = true;
    const announcement = this.#line.shift();
    const started = performance.now();
    const ok = await this.#play(announcement);
    this.#tell("announced", {id: announcement.id, ok, played_ms: Math.round(performance.now() - started)});
    this.#playing = false;
    this.#next();
  }

  /** True when the sound was played to its end; a sound that hangs is given up. */
  async #play({url, duration_seconds: seconds}) {
    document.documentElement.dataset.audio = "playing";
    const heard = await Promise.race([this.#toTheEnd(url), givenUp(seconds * 1000 + GRACE)]);
    if (!heard) this.#player.pause();
    document.documentElement.dataset.audio = this.ready ? "ready" : "blocked";
    return heard;
  }

  async #toTheEnd(url) {
    const player = this.#player;
    const end = new Promise((resolve) => {
      player.onended = () => resolve(true);
      player.onerror = () => resolve(false);
    });
    return (await this.#start(url)) && end;
  }

  /** Starts a sound; false when it cannot be played. Only a refusal of the browser ends the readiness, a missing file does not. */
  async #start(url) {
    this.#player.src = url;
    try {
      await this.#player.play();
      return true;
    } catch (error) {
      if (error.name === "NotAllowedError") this.#setReady(false);
      return false;
    }
  }

  // Internal: the touch

  #setReady(ready) {
    if (ready === this.ready) return;
    this.ready = ready;
    document.documentElement.dataset.audio = ready ? "ready" : "blocked";
    this.#showButton(!ready);
    this.#onReady(ready);
  }

  #showButton(wanted) {
    if (!wanted) this.#button?.remove();
    else document.body.append(this.#ownButton());
    if (wanted) this.#button.focus(); // a remote control has only Enter
  }

  #ownButton() {
    if (!this.#button) {
      this.#button = element`<button class="sound" type="button">
        ${icon("sound")}<span>开启声音</span><small>按一下，本屏才能播报叫号</small></button>`;
      this.#button.addEventListener("click", () => this.probe());
    }
    return this.#button;
  }
}

const givenUp = (after) => new Promise((resolve) => { setTimeout(resolve, after, false); });
