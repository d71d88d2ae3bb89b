// <queue-band>: who waits and how long a newcomer would, queue by queue. More queues than fit take turns.

import {html, element, patch, define} from "shared/dom.js";
import {icon} from "shared/icons.js";
import {splitName} from "shared/place.js";
import {nameLength, pieces} from "./queue-name.js";
import {waitWords} from "./wait-words.js";

const COLUMNS = 7; // landscape: a column narrower than 250 px holds no name
const ROWS = 5; // portrait
const TURN = 10 * 1000; // ms that one page of queues stays
const portrait = matchMedia("(orientation: portrait)");

class QueueBand extends HTMLElement {
  #queues = [];
  #resumes = "";
  #page = 0;

  // Lifecycle

  connectedCallback() {
    setInterval(() => this.#turn(), TURN);
    portrait.addEventListener("change", () => this.#draw());
  }

  /** queues: rows of the picture, those of this zone; resumes: "14:00 继续" while the hall rests. */
  show(queues, resumes) {
    this.#queues = queues;
    this.#resumes = resumes;
    this.#draw();
  }

  // Internal

  #turn() {
    this.#page += 1;
    if (this.#pages() > 1) this.#draw();
  }

  #pages() {
    return Math.max(1, Math.ceil(this.#queues.length / (portrait.matches ? ROWS : COLUMNS)));
  }

  #draw() {
    const pages = this.#pages();
    const size = Math.ceil(this.#queues.length / pages) || 1; // pages of one size, so that nothing jumps
    const page = this.#page % pages;
    const rows = this.#queues.slice(page * size, (page + 1) * size);
    patch(this, html`
      <ul class="queues" style=${{"--columns": size}} data-rows="${density(size)}" data-pages="${pages > 1 && pages}">${rows.map((row) => column(row, this.#resumes))}</ul>
      ${pages > 1 && html`<p class="pages num">${page + 1} / ${pages}</p>`}`);
  }
}

const density = (size) => (size <= 3 ? "few" : size > 4 ? "many" : "some");

function column(queue, resumes) {
  const {name, note} = splitName(queue.name);
  const wait = waitWords(queue, resumes);
  return element`<li data-key="${queue.id}">
    <h2 data-length="${nameLength(name)}"><span class="disc">${queue.prefix}</span>
      <span>${pieces(name)}${note && element`<small>${note}</small>`}</span></h2>
    <p class="w num"><small>等候</small>${queue.waiting}<small>人</small></p>
    <p class="e num ${wait.kind}">${wait.kind === "unknown" && icon("pause")}${wait.text}</p></li>`;
}

define("queue-band", QueueBand);
