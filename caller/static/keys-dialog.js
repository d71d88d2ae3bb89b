/* All keys on one card, with the switch for keys without a modifier (WCAG 2.1.4). */

import {html} from "shared/dom.js";
import {ask} from "./ask.js";
import {keyText, padText, singleKeys, useSingleKeys} from "./keys.js";

const AT_WORK = [
  ["primary", "叫下一个 → 开始 → 办结"], ["finish-next", "办结并叫下一个"], ["call-again", "重呼"], ["miss", "过号"], ["hold", "挂起"],
  ["ready", "挂起的材料已齐"], ["transfer", "转办、联办"], ["give-back", "退回队列"], ["undo", "撤销上一步"], ["call", "叫指定号"],
];
const AROUND = [
  ["walk-in", "无号办理"], ["pause", "暂停；办理中：办完后暂停"], ["relief", "补岗，窗口不停"], ["why", "为什么先叫这位"],
  ["help", "请区域负责人来、报修"], ["incident", "突发事件"], ["self-check", "设备自检"], ["sign-off", "下岗"], ["keys", "全部按键"],
];
const IN_DIALOGS = [["1 … 9", "选第几项；A … X 选队列"], ["Tab", "下一组"], ["Esc", "离开，什么也不做"], ["F5、F11", "留给浏览器：重新载入、全屏"]];

/** Shows which key does what; map: {keys, pad}. */
export async function showKeys(map) {
  await ask({
    title: "全部按键", icon: "keys", wide: true, cancel: null,
    content: () => html`<div class="all-keys"><dl>${AT_WORK.map(([action, does]) => row(action, does, map))}</dl>
      <div><dl>${AROUND.map(([action, does]) => row(action, does, map))}</dl></div></div>
      <dl class="in-dialogs">${IN_DIALOGS.map(([key, does]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${does}</dd></div>`)}</dl>`,
    switches: [{name: "single", label: "使用小键盘和单键（数字、字母）", checked: singleKeys()}],
    onInput: ({single}) => useSingleKeys(single),
    submit: () => "知道了",
  });
}

function row(action, does, {keys, pad}) {
  return html`<div><dt><kbd>${keyText(keys[action]) || "—"}</kbd>${pad[action] ? html` <kbd class="pad">小键盘 ${padText(pad[action])}</kbd>` : ""}</dt><dd>${does}</dd></div>`;
}
