// <attention-list>: what needs a person, most urgent first; the words say where and since when.

import {html, element, patch, define} from "shared/dom.js";
import {icon} from "shared/icons.js";
import {since} from "./since.js";

class AttentionList extends HTMLElement {
  show(entries, now) {
    patch(this, html`<h2>要处理<span>${entries.length ? `${entries.length} 件` : ""}</span></h2>
      ${entries.length > 0 && element`<ul>${entries.map((entry) => row(entry, now))}</ul>`}
      ${entries.length === 0 && element`<p class="calm">${icon("check")}现在没有要处理的事</p>`}`);
  }
}

function row({key, level, sign, title, detail, since: from, plus}, now) {
  return element`<li data-key="${key}" class="${level}">
    ${icon(sign)}<div><p><b>${title}</b></p><p>${detail}</p></div>${since(from, now, plus)}</li>`;
}

define("attention-list", AttentionList);
