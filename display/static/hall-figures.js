// <hall-figures>: the hall in one line. Only figures that somebody acts on.

import {html, element, patch, define} from "shared/dom.js";
import {secondsSince} from "shared/time.js";
import {overThreshold} from "./attention.js";

const WORKING = new Set(["open", "calling", "serving"]);

class HallFigures extends HTMLElement {
  show({queues, windows}, now) {
    const count = (test) => windows.filter(test).length;
    const since = queues.map(({longest_since: iso}) => iso).filter(Boolean).sort()[0];
    const figures = [
      {name: "等候", value: queues.reduce((sum, {waiting}) => sum + waiting, 0), unit: "人"},
      {name: "办理中", value: count(({state}) => state === "serving"), unit: "人"},
      {name: "窗口开放", value: count(({state}) => WORKING.has(state)), unit: `/ ${windows.length}`},
      {name: "暂停", value: count(({state}) => state === "paused"), unit: "个"},
      {name: "最久等候", value: since ? Math.floor(secondsSince(since, now) / 60) : 0, unit: "分", hot: queues.some((queue) => overThreshold(queue, now))},
      {name: "在岗", value: count(({clerk}) => clerk), unit: "人"},
    ];
    patch(this, html`<dl>${figures.map(({name, value, unit, hot}) => element`<div><dt>${name}</dt><dd class="${hot ? "num hot" : "num"}">${value}<small> ${unit}</small></dd></div>`)}</dl>`);
  }
}

define("hall-figures", HallFigures);
