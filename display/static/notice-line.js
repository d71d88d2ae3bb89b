// <notice-line>: the foot of a wall. Notices take turns calmly; after hours it stays blue and says so; a picture that is not live says that
// before anything else.

import {html, element, patch, define} from "shared/dom.js";
import {icon} from "shared/icons.js";

const TURN = 9 * 1000; // ms: time to read a line twice
const PHRASES = /(?<=[，。；！])/; // a long line may break between phrases only
const ALWAYS = "取号后请在等候区稍作等待，注意叫号以免过号";

class NoticeLine extends HTMLElement {
  #lines = [ALWAYS];
  #phase = null;
  #staleSince = null;
  #at = 0;

  // Lifecycle

  connectedCallback() {
    setInterval(() => this.#turn(), TURN);
    addEventListener("resize", () => this.#fit());
  }

  /** phase: words of phase-words.js or null; notices: the hall's own. */
  show(phase, notices) {
    this.#phase = phase;
    const lines = notices.length ? notices : [ALWAYS];
    this.#lines = phase ? [phase.text, ...lines] : lines;
    this.#draw();
  }

  /** since: "10:02" of the last true picture, or null when it is live again. */
  stale(since) {
    this.#staleSince = since;
    this.#draw();
  }

  // Internal

  #turn() {
    this.#at += 1;
    this.#draw();
  }

  #draw() {
    if (this.#staleSince) this.#drawStale();
    else this.#drawLine();
    this.#fit();
  }

  #drawStale() {
    patch(this, html`<p class="notice stale" data-key="stale">${icon("cut")}
      <span class="text">画面停在 <span class="num">${this.#staleSince}</span>，正在重新连接，请以广播为准</span></p>`);
  }

  #drawLine() {
    const at = this.#at % this.#lines.length;
    const {kind, sign, word} = this.#phase ?? {kind: "plain", sign: "mega", word: "提示"};
    patch(this, html`
      <p class="notice ${kind}" data-key="${kind}-${sign}">
        <span class="lead">${icon(sign)}${word}</span><span class="text">${phrases(this.#lines[at])}</span>
        ${this.#lines.length > 1 && html`<span class="page num">${at + 1} / ${this.#lines.length}</span>`}</p>`);
  }

  /** A line too long for its place is set smaller, on two lines; nothing is cut off. */
  #fit() {
    const text = this.querySelector(".text");
    text.classList.remove("long");
    text.classList.toggle("long", text.scrollWidth > text.clientWidth);
  }
}

const phrases = (line) => line.split(PHRASES).map((phrase) => element`<span class="phrase">${phrase}</span>`);

define("notice-line", NoticeLine);
