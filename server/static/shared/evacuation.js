/* Evacuation on a page: one sentence over everything, until the hall says that it is over (H.7). Nothing on it moves. */

import {element} from "shared/dom.js";
import {icon} from "shared/icons.js";

/** Covers the page, or gives it back. What lies below takes no touch and no key meanwhile. */
export function showEvacuation(on) {
  const shown = document.querySelector("body > .evacuation");
  if (Boolean(shown) === Boolean(on)) return;
  for (const part of document.body.children) part.inert = Boolean(on);
  if (shown) shown.remove();
  else document.body.append(notice());
}

function notice() {
  return element`<section class="evacuation" role="alert">${icon("alert")}
    <p class="say"><b>请听从工作人员引导</b><b>有序疏散</b></p>
    <p lang="en">Please follow the staff and leave calmly</p>
    <p>请勿使用电梯，请勿返回取物品；您的号码会为您保留</p></section>`;
}
