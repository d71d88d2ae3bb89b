/* Near closing (4.3.4.2): when I would be finished, and three choices of equal weight. Not choosing keeps the number. */

import {html} from "shared/dom.js";
import {icon} from "shared/icons.js";
import {splitName, zoneShort} from "shared/place.js";
import {clockText} from "shared/time.js";

const CHOICES = [
  ["wait", "moon", "继续等候", "号码一直有效，窗口延时为您办完"],
  ["book", "cal", "改为预约", "选一个方便的时间再来，到时优先叫号"],
  ["leave", "x", "放弃取号", "可在网上或 24 小时自助区办理"],
];

/** ticket.choice_due: {finish_at} while the holder has not chosen yet. */
export function afterHoursPage({ticket, page}) {
  const {name} = splitName(ticket.queue_name);
  const finish = ticket.choice_due.finish_at;
  return html`<div class="mini"><b class="n num">${ticket.number}</b><span>${name}${ticket.item_name ? html`　${ticket.item_name}` : null}<br>前面 ${ticket.ahead} 人，${zoneShort({name: ticket.where.zone_name})}</span></div>
    <h1 class="near">现在临近下班时间，${finish ? html`<br>您预计 <span class="num">${clockText(finish)}</span> 办完` : "办完可能晚于下班"}</h1>
    <p class="sub">是否继续等候，由您选择。</p>
    <div class="choices">${CHOICES.map(([choice, drawn, words, hint]) => html`
      <button class="option" data-key="${choice}" data-action="choose" data-choice="${choice}" disabled="${page.busy}">${icon(drawn)}<span><b>${words}</b><small>${hint}</small></span>${icon("right")}</button>`)}</div>
    <p class="foot">不选也可以，号码仍然有效。办理前都能更改</p>`;
}
