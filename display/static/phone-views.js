/* What the phone shows in each state of a ticket. One thing is the largest: my number, and when called, the window. */

import {html} from "shared/dom.js";
import {icon} from "shared/icons.js";
import {splitName, windowsText} from "shared/place.js";
import {clockText, secondsSince} from "shared/time.js";

import {afterHoursPage} from "./phone-after-hours.js";
import {placeLines, ticketTop, waitRange} from "./phone-parts.js";

const NEAR = 3;
const DOTS_AT_MOST = 5;

/** context: ticket, hall {short_name, hotline}, now (hall ms), clock, state of the connection, later (minutes), page. */
export function pageOf(context) {
  const {ticket, page} = context;
  const asksChoice = ticket.state === "waiting" && ticket.choice_due && page.asks === null;
  const body = asksChoice ? afterHoursPage(context) : (VIEWS[ticket.state] ?? endedView)(context);
  return html`${head(context)}<main data-key="${asksChoice ? "choice" : ticket.state}">${body}
    ${page.problem ? html`<p class="problem" role="alert">${icon("alert")}${page.problem}</p>` : null}</main>
    <p class="hear" role="status">${spoken(ticket)}</p>`;
}

/** A token that leads nowhere: yesterday's slip, or a torn one. */
export function refusedPage(error) {
  const known = error.code === "not_found";
  return html`<main class="ended"><h1>${known ? "没有找到这个号码" : "暂时不能显示您的号码"}</h1>
    <p>${known ? "号码只在取号当天有效。如需办理，请到取号机或咨询台重新取号。" : error.message}</p>
    <p class="en" lang="en">${known ? "This number was not found. Numbers are valid on the day they are taken." : error.messageEn}</p></main>`;
}

/* ── The states ────────────────────────────────────────────────────────── */

function waitingView(context) {
  const {ticket, hall, later, page} = context;
  if (ticket.stranded) return strandedView(context);
  return html`<div class="lift"><article class="slip waiting">${ticketTop(ticket)}<div class="rip"></div>
      <div class="in"><h1 class="ahead">${ticket.ahead === 0 ? "下一位就是您" : html`前面还有<em class="num">${ticket.ahead}</em>人`}<small class="en" lang="en">${ticket.ahead === 0 ? "You are next" : `${ticket.ahead} before you`}</small></h1>
        <p class="line">${peopleDots(ticket.ahead)}<b>您</b>${icon("right")}<span class="plate num">${windowsText(ticket.where.windows)} 号</span></p>
        ${whenPart(context)}</div></article></div>
    ${later ? html`<p class="why">${icon("clock")}<span><b>比刚才晚了约 ${later} 分钟</b>对不起，让您久等了，我们会尽快办理</span></p>` : null}
    ${ticket.notice ? html`<p class="why after">${icon("moon")}<span>${ticket.notice.text}</span></p>` : null}
    ${page.books ? html`<p class="why after" role="status">${icon("cal")}<span>请到咨询台，或拨打 ${hall.hotline} 约一个方便的时间。约好之前，号码一直有效</span></p>` : null}
    ${placeLines(ticket, "请在等候区稍作等待，注意叫号")}
    ${page.asks === "cancel" ? cancelQuestion(ticket, page) : waitingKeys(ticket, page)}
    ${materialsList(page)}
    <p class="foot">号码当日有效，叫到时手机会响铃并振动</p>`;
}

/** Nobody serves this queue any more today: the holder decides, and the number stays valid meanwhile (3.2.4). */
function strandedView(context) {
  const {ticket, hall, page} = context;
  return html`<div class="lift"><article class="slip waiting">${ticketTop(ticket)}<div class="rip"></div>
      <div class="in"><h1 class="ahead block">对不起，今天没有窗口继续办理这项业务<small class="en" lang="en">No window serves this any more today</small></h1>
        <p class="said">您可以取消号码，也可以稍候：工作人员会为您安排到其他窗口，号码仍然有效，不用重新取号。</p></div></article></div>
    <div class="go-to">${icon("pin")}<p><b>请到咨询台，工作人员帮您安排</b><span>也可以拨打 ${hall.hotline}</span></p></div>
    ${page.asks === "cancel" ? cancelQuestion(ticket, page) : html`<div class="acts">${ticket.can.cancel ? cancelKey() : null}</div>`}
    <p class="foot">有了安排，这一页会马上告诉您</p>`;
}

function calledView({ticket, now, page}) {
  return html`<div class="lift"><article class="slip called is-new" data-key="call-${ticket.calls}">
      <div class="top"><p>${icon("bell")}轮到您了<span class="ago num">${agoText(secondsSince(ticket.called_at, now))}</span></p><p class="n"><span class="num cap">${ticket.number}</span></p></div>
      <div class="rip"></div>
      <div class="in"><h1>请到<span class="plate num">${ticket.window}</span><span class="w">号窗口办理</span></h1><p class="en" lang="en">Please go to window ${ticket.window}</p></div></article></div>
    ${placeLines(ticket, "", {window: false})}
    <div class="acts one">${wayKey(ticket, page, "我马上到")}</div>
    <p class="foot">没赶上也不要紧，可在这一页、取号机或咨询台恢复</p>`;
}

function servingView({ticket}) {
  return html`<div class="lift"><article class="slip waiting">${ticketTop(ticket)}<div class="rip"></div>
      <div class="in center"><h1 class="state serving">${icon("desk")}正在为您办理</h1>${ticket.window ? html`<span class="plate num big">${ticket.window}</span><p class="w">号窗口</p>` : null}</div></article></div>
    <p class="foot">请您收好证件和材料</p>`;
}

function heldView({ticket}) {
  return html`<div class="lift"><article class="slip waiting">${ticketTop(ticket)}<div class="rip"></div>
      <div class="in center"><h1 class="state paused">${icon("hold")}暂时搁置，稍后优先叫您</h1>${ticket.held_until ? html`<p class="when-back">预计 <b class="num">${clockText(ticket.held_until)}</b> 前再叫您</p>` : null}</div></article></div>
    ${placeLines(ticket, "材料准备好后，请告诉窗口人员")}`;
}

function missedView({ticket, page}) {
  return html`<div class="lift"><article class="slip waiting">${ticketTop(ticket)}<div class="rip"></div>
      <div class="in"><h1 class="ahead block">您的号码已过号<small class="en" lang="en">Your number was called</small></h1>
        <p class="said">${ticket.can.return ? "不要紧，恢复后就近排队，不用重新取号。" : "请到咨询台，工作人员帮您安排。"}</p>
        ${ticket.can.return && ticket.return_until ? html`<p class="said"><b class="num">${clockText(ticket.return_until)}</b> 前可以恢复</p>` : null}</div></article></div>
    ${ticket.can.return ? html`<div class="acts one"><button class="key go" data-action="return" disabled="${page.busy}">${icon("undo")}恢复排队</button></div>` : null}
    ${placeLines(ticket, "也可以到取号机或咨询台恢复")}`;
}

function endedView({ticket, hall}) {
  const [title, text, drawn] = ENDED[ticket.state] ?? ENDED.done;
  return html`<div class="lift"><article class="slip waiting">${ticketTop(ticket)}<div class="rip"></div>
      <div class="in center"><h1 class="state ${ticket.state === "done" ? "serving" : "closed"}">${icon(drawn)}${title}</h1><p class="said">${text}</p></div></article></div>
    <p class="foot">如有意见和建议，请拨打 ${hall.hotline}</p>`;
}

const VIEWS = {waiting: waitingView, called: calledView, serving: servingView, held: heldView, missed: missedView};
const ENDED = {
  done: ["已办结", "谢谢您的合作，再见", "check"],
  cancelled: ["号码已取消", "欢迎您下次再来；如需办理，请重新取号", "x"],
  expired: ["号码已过有效期", "号码只在当天有效；如需办理，请重新取号", "clock"],
};

/* ── Parts ─────────────────────────────────────────────────────────────── */

function head({hall, clock, now, state}) {
  const time = clockText(clock.iso(now));
  const words = {connected: `${time} 实时`, connecting: `${time} 连接中`, stale: "连接中断"};
  return html`<header data-key="head"><b>${hall.short_name}</b><span class="live ${state}">${icon(state === "stale" ? "cut" : "live")}<span class="num">${words[state]}</span></span></header>`;
}

function whenPart({ticket, now, clock}) {
  const range = waitRange(ticket.estimate, now, clock);
  const near = ticket.ahead <= NEAR ? "，快到您了，请准备" : "";
  if (!range) return html`<div class="when"><p class="lbl">预计轮到您</p><p class="r">时间待定</p><p>窗口开放后会显示时间，号码一直有效</p></div>`;
  return html`<div class="when"><p class="lbl">预计轮到您</p><p class="r num">${range.clock}</p><p>${range.minutes}${near}</p></div>`;
}

function peopleDots(ahead) {
  const shown = Math.min(ahead, DOTS_AT_MOST);
  return html`<span class="dots" aria-hidden="true">${Array.from({length: shown}, () => html`<i></i>`)}${ahead > shown ? html`<span class="etc">…</span>` : null}<i class="you"></i></span>`;
}

function waitingKeys(ticket, page) {
  return html`<div class="acts">${wayKey(ticket, page, "我在路上")}
    ${ticket.item ? html`<button class="key" data-action="materials" aria-expanded="${page.materials ? "true" : "false"}">${icon("doc")}要带的材料</button>` : null}
    ${ticket.can.cancel ? cancelKey() : null}</div>`;
}

function cancelKey() {
  return html`<button class="key" data-action="ask" data-ask="cancel">${icon("x")}取消号码</button>`;
}

function wayKey(ticket, page, words) {
  if (!ticket.can.on_the_way) return html`<p class="key told" role="status">${icon("check")}已告诉窗口，请慢走</p>`;
  return html`<button class="key go" data-action="way" disabled="${page.busy}">${icon("check")}${words}</button>`;
}

function cancelQuestion({number}, page) {
  return html`<div class="acts ask" role="group" aria-label="取消号码"><p>确定取消 <b class="num">${number}</b> 吗？取消后如需办理，要重新取号。</p>
    <button class="key" data-action="cancel" disabled="${page.busy}">${icon("x")}确定取消</button><button class="key" data-action="keep">${icon("undo")}保留号码</button></div>`;
}

function materialsList({materials}) {
  if (!materials) return null;
  if (!materials.length) return html`<p class="materials">这个事项没有登记材料清单，请咨询窗口或拨打热线。</p>`;
  return html`<ol class="materials">${materials.map((name) => html`<li>${name}</li>`)}</ol>`;
}

function agoText(seconds) {
  return seconds < 60 ? `${seconds} 秒前叫号` : `${Math.floor(seconds / 60)} 分钟前叫号`;
}

function spoken({state, number, ahead, window: place}) {
  const {name} = splitName(number);
  if (state === "called") return `请${name}号到${place}号窗口办理`;
  return state === "waiting" ? `${name}号，前面还有${ahead}人` : "";
}
