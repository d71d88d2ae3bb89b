// The head that every wall screen has: the hall's clock, and whether the picture is live.

import {html, patch, define} from "shared/dom.js";
import {icon} from "shared/icons.js";
import {clockText, dayText} from "shared/time.js";

const LOOK = 250; // ms between two looks at the clock: a demonstration's may run fast, or jump

/** `<hall-clock>`: date and time of the hall, never of the machine; empty until the hall has told it. */
class HallClockFace extends HTMLElement {
  #shown = "";

  run(clock) {
    setInterval(() => this.#look(clock), LOOK);
  }

  #look(clock) {
    const minute = clock.set ? clock.iso().slice(0, 16) : "";
    if (minute === this.#shown) return;
    this.#shown = minute;
    patch(this, html`<span class="date">${dayText(minute)}</span><time class="time num" datetime="${minute}">${clockText(minute)}</time>`);
  }
}

const STATES = {
  connected: {sign: "live", word: "实时"},
  connecting: {sign: "clock", word: "正在连接"},
  stale: {sign: "cut", word: "连接中断"},
};

/** `<live-state>`: word and icon for what `<html data-live>` says. */
class LiveState extends HTMLElement {
  show(state) {
    const {sign, word} = STATES[state];
    this.dataset.state = state;
    patch(this, html`<p data-key="${sign}">${icon(sign)}${word}</p>`);
  }
}

define("hall-clock", HallClockFace);
define("live-state", LiveState);
