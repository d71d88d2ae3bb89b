// <attention-list>: what needs a person, most urgent first; the words say where and since when.

import {html, element, patch, define} from "shared/dom.js";
import {icon} from "shared/icons.js";
import {actsOf} from "./attention-acts.js";
import {since} from "./since.js";

class AttentionList extends HTMLElement {
  /** acts: may who looks do something about them? */
  show(entries, now, acts = false) {
    patch(this, html`<h2>要处理<span>${entries.length ? `${entries.length} 件` : ""}</span></h2>
      ${entries.length > 0 && element`<ul>${entries.map((entry) => row(entry, now, acts))}</ul>`}
      ${entries.length === 0 && element`<p class="calm">${icon("check")}现在没有要处理的事</p>`}${acts && tools()}`);
  }
}

function row(entry, now, acts) {
  const {key, level, sign, title, detail, since: from, plus} = entry;
  const may = acts ? actsOf(entry) : [];
  return element`<li data-key="${key}" class="${level}">
    ${icon(sign)}<div><p><b>${title}</b></p><p>${detail}</p></div>${since(from, now, plus)}
    ${may.length > 0 && element`<div class="do">${may.map(({act, label, sign: drawn, id}) => element`
      <button type="button" class="small" data-action="${act}" data-id="${id}" aria-label="${label}：${title}">${icon(drawn)}${label}</button>`)}</div>`}</li>`;
}

const TOOLS = [
  ["put-first", "down", "号码优先"], ["closure", "closed", "备案关闭"], ["report-incident", "alert", "报告突发"], ["staffing", "people", "人员休假"],
  ["evacuate", "mega", "疏散"],
];

/** What may be done without anything having come up. */
function tools() {
  return element`<div class="tools" data-key="tools" role="group" aria-label="办理">${TOOLS.map(([act, sign, label]) => element`
    <button type="button" class="small" data-action="${act}">${icon(sign)}${label}</button>`)}</div>`;
}

define("attention-list", AttentionList);
