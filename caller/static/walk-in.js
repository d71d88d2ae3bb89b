/* Serving somebody who has no number (无号办理, C9): a number is taken for them, called on purpose and started, in one press.
   It counts as called out of turn and is on record as that. */

import {requestId} from "shared/live.js";
import {ask} from "./ask.js";
import {queueName} from "./facts.js";

const REASON = "服务对象已到窗口";

/** The body of `tickets` for somebody at this window, or null. */
export async function askWalkIn({hall, window}) {
  const own = [...window.queues, ...window.secondary];
  const items = hall.items.filter((item) => own.includes(item.queue));
  const choices = [
    ...own.map((prefix) => ({value: `queue:${prefix}`, label: queueName(prefix, hall), disc: prefix, key: prefix})),
    ...items.map((item, index) => ({value: `item:${item.code}`, label: item.name, note: `${item.queue} 队列`, key: index < 9 ? String(index + 1) : null})),
  ];
  const answer = await ask({
    title: "无号办理", icon: "plus", wide: true,
    intro: "代为取号并马上开始办理。会记录为不按顺序叫号，区域负责人能看到。",
    groups: [{name: "wish", legend: "办什么", options: choices, tight: true}],
    phrase: () => "您好，请坐，请问您办理什么事项？",
    submit: () => "取号并开始办理",
  });
  if (!answer) return null;
  const [kind, value] = answer.wish.split(":");
  return {[kind]: value, channel: "clerk", print: "none"};
}

/** Takes the number, calls it and starts; send(action, body) is a command at this window. The answer of the last. */
export async function serveWalkIn(live, wish, send) {
  const ticket = await take(live, wish);
  if (!ticket) return null;
  await send("call", {number: ticket.number, reason: REASON});
  return send("start", {});
}

/** The ticket; near closing the citizen is told when they would be done, and chooses (4.3.4.2). */
async function take(live, wish) {
  try {
    return (await live.command("tickets", {...wish, request_id: requestId()})).ticket;
  } catch (error) {
    if (error.code !== "after_hours_choice") throw error;
    const stays = await ask({title: "临近下班", icon: "clock", intro: error.message, submit: () => "继续办理", cancel: "改日再来"});
    return stays ? (await live.command("tickets", {...wish, after_hours_choice: "wait", request_id: requestId()})).ticket : null;
  }
}
