/* Serving somebody who has no number (无号办理, C9): issued, called and started in one step, announced to nobody. */

import {ask} from "./ask.js";
import {queueName, queuesOf} from "./facts.js";

/** The body of `walk-in`, or null. */
export async function askWalkIn({hall, window}) {
  const own = queuesOf(window);
  const items = hall.items.filter((item) => own.includes(item.queue));
  const choices = [
    ...own.map((prefix) => ({value: `queue:${prefix}`, label: queueName(prefix, hall), disc: prefix, key: prefix})),
    ...items.map((item, index) => ({value: `item:${item.code}`, label: item.name, note: `${item.queue} 队列`, key: index < 9 ? String(index + 1) : null})),
  ];
  const answer = await ask({
    title: "无号办理", icon: "plus", wide: true,
    intro: "代为取号并马上开始办理，不广播。会记录为不按顺序叫号，区域负责人能看到。",
    groups: [{name: "wish", legend: "办什么", options: choices, tight: true}],
    phrase: () => "您好，请坐，请问您办理什么事项？",
    submit: () => "取号并开始办理",
  });
  if (!answer) return null;
  const [kind, value] = answer.wish.split(":");
  return {[kind]: value};
}
