/* Why the next is next: the rule that put each of them there, from the server's own order (C3). Anybody may be told. */

import {html} from "shared/dom.js";
import {fetchJson} from "shared/command.js";
import {ask} from "./ask.js";

/** Shows the order of this window and its reasons. Raises CommandError when the server cannot be asked. */
export async function showWhy({number}) {
  const {order} = await fetchJson(`windows/${number}/order`);
  await ask({
    title: order.length ? `为什么先叫 ${order[0].number}？` : "现在没有人等候", icon: "search", cancel: null,
    intro: "次序由服务器按大厅公布的规则排定，人人可以询问：优先、置顶、转来、预约到时、先来后到。",
    content: () => html`<ol class="why">${order.map(({id, number: ticket, why}) => html`<li data-key="${id}"><b class="num">${ticket}</b><span>${why}</span></li>`)}</ol>`,
    submit: () => "知道了",
  });
}
