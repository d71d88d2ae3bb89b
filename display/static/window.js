// The sign over one window: its own row of the picture, large.

import {html, patch, define} from "shared/dom.js";
import {showEvacuation} from "shared/evacuation.js";
import {icon} from "shared/icons.js";
import {Live} from "shared/live.js";
import {splitName} from "shared/place.js";
import {clockText} from "shared/time.js";
import {nameLength, pieces} from "./queue-name.js";
import {viewOf} from "./window-views.js";

const MINUTE_LOOK = 5 * 1000; // ms between two looks at the minutes of a pause

const page = document.querySelector("main");
const hall = JSON.parse(document.querySelector("#hall").textContent);
const number = Number(page.dataset.number);

class WindowSign extends HTMLElement {
  /** asOf: "10:02" when the picture is not live. */
  show({kind, lead, body}, name, asOf) {
    patch(this, html`
      <div class="sign ${kind} ${asOf ? "is-stale" : ""}">
        <div class="id"><span class="plate num" data-length="${String(number).length}">${number}</span>
          <p data-length="${nameLength(name)}">${pieces(name)}</p></div>
        <div class="say">${lead}${body}</div>
        ${asOf && html`<p class="strip stale">${icon("cut")}
          <span>画面停在 <span class="num">${asOf}</span>，正在重新连接，请以广播为准</span></p>`}
      </div>`);
  }
}
define("window-sign", WindowSign);

const sign = page.querySelector("window-sign");
const live = new Live({view: "display", window: number, onChange: draw, onState: draw});

function draw() {
  const picture = live.picture;
  const window = picture?.windows.find((row) => row.number === number);
  if (!window) return;
  showEvacuation(picture.evacuation);
  sign.show(viewOf({window, picture: {...picture, now: live.clock.iso()}, hall, now: live.hallNow()}), nameOf(window), live.state === "stale" ? asOf() : null);
  say(window);
}

function nameOf({queues, type_name: type}) {
  const names = hall.queues.filter(({prefix}) => queues.includes(prefix)).map(({name}) => splitName(name).name);
  return names.length && names.length <= 2 ? names.join("、") : type.replace(/窗口$/, "");
}

let staleSince = null;
function asOf() {
  staleSince ??= clockText(live.clock.iso());
  return staleSince;
}

/** The call, once, for those who listen to the page. */
function say({state, ticket}) {
  if (live.state === "connected") staleSince = null;
  const text = state === "calling" ? `请${ticket.number}号到本窗口办理` : "";
  const place = document.querySelector("#newest-call");
  if (place.textContent !== text) place.textContent = text;
}

live.start();
setInterval(draw, MINUTE_LOOK);
