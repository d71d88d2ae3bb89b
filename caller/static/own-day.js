/* The clerk's own day, and the queues of this window. */

import {define, html, patch} from "shared/dom.js";
import {queueName, waitText} from "./facts.js";

const DOTS_AT_MOST = 16;                     // two rows; beyond that only the figure speaks

export class OwnDay extends HTMLElement {
  show({window, queues, hall}) {
    patch(this, html`${window.today ? figures(window.today) : ""}
      <h2>队列<span>等候，新来者要等</span></h2>
      <ul class="load">${queues.map((queue) => load(queue, hall))}</ul>`);
  }
}

function figures({done, average_minutes: average, pauses, pause_minutes: paused, missed}) {
  return html`<h2>今天<span>我的</span></h2><dl>
    ${figure(done, "件", "已办结")}${figure(average ?? "–", "分钟", "平均办理")}
    ${figure(pauses, "次", pauses ? `暂停，共 ${paused} 分` : "暂停")}${figure(missed, "件", "过号")}</dl>`;
}

function figure(value, unit, name) {
  return html`<div><dt>${name}</dt><dd class="num">${value}<small>${unit}</small></dd></div>`;
}

function load({prefix, waiting, estimate}, hall) {
  return html`<li data-key="${prefix}"><span class="disc" title="${queueName(prefix, hall)}">${prefix}</span>
    <span class="dots" aria-hidden="true">${Array.from({length: waiting > DOTS_AT_MOST ? 0 : waiting}, () => html`<i></i>`)}</span>
    <span class="num"><b>${waiting}</b> 人 ${waitText(estimate)}</span></li>`;
}

define("own-day", OwnDay);
