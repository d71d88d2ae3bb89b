/* The head of the desk: which window, who, since when; whether the page is live; the hall's clock. */

import {define, html, patch} from "shared/dom.js";
import {icon, mark} from "shared/icons.js";
import {clockText, dayText} from "shared/time.js";
import {keyMap, keyText} from "./keys.js";

const LIVE = {connected: ["live", "实时"], connecting: ["live", "正在连接"], stale: ["cut", "网络中断"]};
const PHASES = {
  before_open: ["clock", "closed", "未到开放时间"], closing_soon: ["clock", "warn", "临近下班"], lunch: ["clock", "closed", "午间"],
  after_hours: ["moon", "after", "延时服务"], closed: ["closed", "closed", "今天已闭厅"],
};

export class DeskBar extends HTMLElement {
  /** session: {staff} or null; window: the own row of the picture or null; now: the hall's time as ISO text. */
  show({hall, session, window, picture, now, live}) {
    const [drawn, word] = LIVE[live] ?? LIVE.connecting;
    patch(this, html`${window ? html`<span class="plate num">${window.number}</span>` : mark("mark")}
      <h1>${window ? `${window.type_name ?? window.type}` : `${hall.short_name} 叫号台`}</h1>
      ${session ? html`<span class="sub">${who(session, window)}</span>` : ""}
      ${window?.state === "paused" ? chip("pause", "paused", "暂停服务") : ""}
      ${picture ? phaseOf(picture, window) : ""}
      <div class="r">${window && window.state !== "paused" ? html`<button type="button" class="btn small" data-action="press" data-key="keys">全部按键<kbd aria-hidden="true">${keyText(keyMap(hall).keys.keys)}</kbd></button>` : ""}${session && !window ? html`<button type="button" class="btn small" data-action="sign-out">退出登录</button>` : ""}
        ${session ? html`<span class="live ${live}">${icon(drawn)}${word}</span>` : ""}<span class="day">${dayText(now)}</span>
        <time class="num" datetime="${now}">${clockText(now)}</time></div>`);
  }
}

function who({staff}, window) {
  const since = window?.signed_on_at;
  return `${staff}${since ? `，${clockText(since)} 上岗` : ""}`;
}

function phaseOf({phase, phase_until: until}, window) {
  if (window?.after_hours && phase !== "after_hours") return chip("moon", "after", "延时服务");
  const [drawn, kind, word] = PHASES[phase] ?? [];
  if (!word) return "";
  return chip(drawn, kind, phase === "closing_soon" && until ? `${clockText(until)} 下班` : word);
}

function chip(drawn, kind, word) {
  return html`<span class="state ${kind}" data-key="${kind}">${icon(drawn)}${word}</span>`;
}

define("desk-bar", DeskBar);
