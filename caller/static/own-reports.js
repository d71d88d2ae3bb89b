/* What was reported from this window and is not over: who has taken it. And whom the lead sends to relieve this window. */

import {define, html, patch} from "shared/dom.js";
import {icon} from "shared/icons.js";
import {clockText} from "shared/time.js";
import {INCIDENTS, incidentName} from "./incident-question.js";

const SHOWN = 2;

export class OwnReports extends HTMLElement {
  show({reports, window}) {
    const newest = [...reports].sort((a, b) => b.reported_at.localeCompare(a.reported_at)).slice(0, SHOWN);
    patch(this, html`${window.relief_asked ? html`<p class="report taken" data-key="relief">${icon("people")}<span><b>补岗</b> 已安排 ${window.relief_asked} 来接替</span></p>` : ""}
      ${newest.map((row) => line(row))}`);
  }
}

function line({id, type, state, taken_by: by, reported_at: at}) {
  const word = state === "taken" ? `${by} 正在处理` : `已上报 ${clockText(at)}`;
  return html`<p class="report ${state}" data-key="${id}">${icon(INCIDENTS[type]?.icon ?? "alert")}<span><b>${type === "help" ? "请人来" : incidentName(type)}</b> ${word}</span></p>`;
}

define("own-reports", OwnReports);
