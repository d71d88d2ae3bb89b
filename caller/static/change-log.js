/* What others changed, newest first: one line at the foot of the desk. */

import {define, html, patch} from "shared/dom.js";
import {fetchJson} from "shared/command.js";
import {apply} from "shared/fold.js";
import {sentenceOf} from "./words.js";

const KEPT = 8;                              // more than fit; the line cuts the oldest
const LOOK_BACK = 60;                        // pieces of news asked for when the desk opens

export class ChangeLog extends HTMLElement {
  #lines = [];

  /** What happened before this page came; a server that no longer has it is not asked twice. */
  async lookBack(seq, desk) {
    this.#lines = [];
    try {
      const {news} = await fetchJson(`news?after=${Math.max(0, seq - LOOK_BACK)}&view=caller`);
      this.#lines = [...this.#lines, ...earlier(news.filter((piece) => piece.seq <= seq), desk)].slice(0, KEPT);
    } catch (error) {
      if (!(error.status >= 0)) throw error;          // a fault of this page; a refusal only leaves the line empty
    }
    this.#draw();
  }

  /** One piece of news, and the picture before it, for the desk {number, queues: [prefixes]}. */
  hear(news, before, desk) {
    const line = sentenceOf(news, before, desk);
    if (!line) return;
    this.#lines = [line, ...this.#lines].slice(0, KEPT);
    this.#draw();
  }

  clear() {
    this.#lines = [];
    this.#draw();
  }

  #draw() {
    patch(this, html`<ol aria-label="其他窗口的变化">${this.#lines.map(({id, at, text}) => html`<li data-key="${id}"><span class="num">${at}</span> ${text}</li>`)}</ol>`);
  }
}

/** Sentences of old news, newest first. What they changed is gathered on the way, as the picture before them is gone. */
function earlier(news, desk) {
  let before = {seq: (news[0]?.seq ?? 1) - 1, windows: [], tickets: []};
  const lines = [];
  for (const piece of news) {
    lines.unshift(sentenceOf(piece, before, desk));
    before = apply(before, piece);
  }
  return lines.filter(Boolean);
}

define("change-log", ChangeLog);
