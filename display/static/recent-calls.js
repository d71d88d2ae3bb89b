// <recent-calls>: the calls before the newest, and those that wait for their turn on the stage.

import {html, element, keyed, define} from "shared/dom.js";
import {icon} from "shared/icons.js";
import {clockText} from "shared/time.js";
import {flagWords} from "./call-flags.js";

const ROWS = 5; // as many as stay readable at ten metres

class RecentCalls extends HTMLElement {
  /** calls: rows of the picture, newest first, without the hero. Returns the rows that are on the screen. */
  show(calls) {
    if (!this.firstChild) this.append(html`<h2><span>刚刚叫过</span><span>过号请到取号机或咨询台恢复</span></h2><ol></ol>`);
    this.firstElementChild.hidden = !calls.length;
    const rows = calls.slice(0, ROWS);
    keyed(this.querySelector("ol"), rows, (call) => call.id, row);
    return rows;
  }
}

const tags = (call) => flagWords(call.flags).map((word) => element`<span class="tag">${word}</span>`);

function row(call) {
  return element`<li>
    <span class="n num" data-length="${call.number.length}">${call.number}</span>${icon("right")}
    <span class="w"><span class="hear">到</span><span class="plate num">${call.window}</span><span>号窗口</span></span>
    <span class="t num">${tags(call)}<time>${clockText(call.at)}</time></span></li>`;
}

define("recent-calls", RecentCalls);
