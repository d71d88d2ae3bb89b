// <hall-figures>: the hall in one line. Only figures that somebody acts on.

import {html, element, patch, define} from "shared/dom.js";
import {secondsSince} from "shared/time.js";
import {overThreshold} from "./attention.js";

const WORKING = new Set(["open", "calling", "serving"]);

class HallFigures extends HTMLElement {
  show({queues, windows, staffing}, now) {
    const count = (test) => windows.filter(test).length;
    const hot = queues.some((queue) => overThreshold(queue, now));
    const figures = [
      {name: "等候", value: queues.reduce((sum, {waiting}) => sum + waiting, 0), unit: "人"},
      {name: "办理中", value: count(({state}) => state === "serving"), unit: "人"},
      {name: "窗口开放", value: count(({state}) => WORKING.has(state)), unit: `/ ${windows.length}`},
      {name: "暂停", value: count(({state}) => state === "paused"), unit: "个"},
      {name: "最久等候", value: longestMinutes(queues, now), unit: "分", hot},
      {name: "在岗", value: count(({clerk}) => clerk), unit: "人"},
      ...(staffing ? [{name: "可到", value: staffing.staff, unit: `人，应 ${staffing.wanted}`, hot: staffing.staff < staffing.wanted}] : []),
    ];
    patch(this, html`<dl>${figures.map(figure)}</dl>`);
  }
}

function longestMinutes(queues, now) {
  const [since] = queues.map((queue) => queue.longest_since).filter(Boolean).sort();
  return since ? Math.floor(secondsSince(since, now) / 60) : 0;
}

function figure({name, value, unit, hot}) {
  return element`<div><dt>${name}</dt><dd class="${hot ? "num hot" : "num"}">${value}<small> ${unit}</small></dd></div>`;
}

define("hall-figures", HallFigures);
