/* All keys on one card, with the switch for keys without a modifier (WCAG 2.1.4). */

import {html} from "shared/dom.js";
import {ask} from "./ask.js";
import {keyText, PAD, PAD_NAMES, singleKeys, useSingleKeys} from "./keys.js";

const ACTIONS = [
  ["primary", "叫下一个 → 开始办理 → 办结"], ["finish-next", "办结并叫下一个"], ["call-again", "重呼"], ["miss", "过号"],
  ["hold", "挂起"], ["transfer", "转办"], ["give-back", "退回队列"], ["pause", "暂停（办理中：办完后暂停）"],
  ["call", "叫指定号"], ["walk-in", "无号办理"], ["undo", "撤销上一步"], ["sign-off", "下岗"], ["keys", "全部按键"],
];
const IN_DIALOGS = [["1 … 9", "选第几项"], ["A … X", "转办时选队列"], ["Tab", "下一组"], ["Esc", "离开，什么也不做"]];

/** Shows which key does what; map: action → key. */
export async function showKeys(map) {
  await ask({
    title: "全部按键", icon: "keys", wide: true, cancel: null,
    content: () => html`<div class="all-keys"><dl>${ACTIONS.map(([action, does]) => row(keyText(map[action]), does, padOf(action)))}</dl>
      <div class="short"><h3 class="legend">对话框里</h3><dl>${IN_DIALOGS.map(([key, does]) => row(key, does))}</dl>
      <h3 class="legend">留给浏览器</h3><dl>${row("F5", "重新载入，不丢号")}${row("F11", "全屏")}</dl></div></div>`,
    switches: [{name: "single", label: "使用小键盘和单键（数字、字母）", checked: singleKeys()}],
    onInput: ({single}) => useSingleKeys(single),
    submit: () => "知道了",
  });
}

function row(key, does, pad) {
  return html`<div><dt><kbd>${key}</kbd>${pad ? html` <kbd class="pad">小键盘 ${pad}</kbd>` : ""}</dt><dd>${does}</dd></div>`;
}

function padOf(action) {
  return PAD_NAMES[Object.keys(PAD).find((code) => PAD[code] === action)];
}
