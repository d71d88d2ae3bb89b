// <queue-table>: every queue with who waits, who waits longest, which windows are open for it and what a newcomer is told.
// Orange is over a threshold.

import {html, element, patch, define} from "shared/dom.js";
import {splitName} from "shared/place.js";
import {secondsSince} from "shared/time.js";
import {overThreshold} from "./attention.js";
import {pieces} from "./queue-name.js";
import {shortWait} from "./wait-words.js";

const HEADS = ["队列", "等候人数", "最久", "开窗", "新来者"];
const FULL = 15; // people for a full bar; a longer line only grows in its figure

class QueueTable extends HTMLElement {
  show(queues, now) {
    const rows = [...queues].sort((a, b) => b.waiting - a.waiting);
    patch(this, html`<h2>队列<span>橙色为超过提醒线</span></h2>
      <table style=${{"--rows": rows.length}}>
        <thead><tr>${HEADS.map((head) => element`<th scope="col">${head}</th>`)}</tr></thead>
        <tbody>${rows.map((queue) => row(queue, now))}</tbody></table>`);
  }
}

function row(queue, now) {
  const {name, note} = splitName(queue.name);
  const longest = queue.longest_since && `${Math.floor(secondsSince(queue.longest_since, now) / 60)} 分`;
  const short = queue.waiting > 0 && queue.open_windows === 0;
  return element`<tr data-key="${queue.id}" class="${overThreshold(queue, now) ? "hot" : ""}">
    <th scope="row" title="${note}"><span class="disc">${queue.prefix}</span><span>${pieces(name)}</span></th>
    <td><span class="meter"><b class="num">${queue.waiting}</b>${bar(queue)}</span></td>
    <td class="num">${longest}</td>
    <td class="${short ? "num short" : "num c"}">${queue.open_windows} / ${queue.planned_windows}</td>
    <td class="num">${shortWait(queue)}</td></tr>`;
}

/** People against the queue's threshold, both on the scale of all queues. */
function bar({waiting, warn_waiting: limit}) {
  const share = (people) => `${Math.min(100, (people / FULL) * 100)}%`;
  return element`<span class="bar" aria-hidden="true">
    <i style=${{width: share(waiting)}}></i>${limit && element`<u style=${{left: share(limit)}}></u>`}</span>`;
}

define("queue-table", QueueTable);
