/* The keys of the desk as they stand now: what each is called, whether it can be pressed, and if not, why not.
   A key that cannot be pressed stays where it is and says its reason, so that the hand always finds the same place. */

const RESTS_WHILE_EVACUATING = "正在疏散，叫号和办理暂停，请引导群众离开";
const ALWAYS = new Set(["help", "incident", "keys"]);        // what one may need most when people leave

/** The key that has Enter, by the state of the window. */
const PRIMARY = {
  open: ({next}) => ({action: "call-next", icon: "mega", label: "叫下一个", note: next[0]?.number ?? "现在没有人等候"}),
  called: () => ({action: "start", icon: "desk", label: "开始办理", note: "群众已到窗口"}),
  serving: ({opinion}) => (opinion
    ? {action: "finish", icon: "check", label: "出具意见", note: `返回 ${opinion} 号窗口`}
    : {action: "finish", icon: "check", label: "办结", note: "选办理结果"}),
};

/** All keys in their order on the desk: the primary key, the one beside it, two rows of three. */
export function deskKeys(facts) {
  const serving = facts.state === "serving";
  const active = serving || facts.state === "called";
  const keys = [
    {...PRIMARY[facts.state]?.(facts) ?? PRIMARY.open(facts), id: "primary", go: true},
    beside(facts, serving),
    {id: "hold", icon: "hold", label: "挂起", why: serving ? null : "开始办理后可用"},
    {id: "transfer", icon: "swap", label: "转办", why: active ? null : "叫号后可用"},
    {id: "give-back", icon: "left", label: "退回队列", why: active ? null : "叫号后可用"},
    againKey(facts),
    missKey(facts),
    pauseKey(facts, active),
  ];
  return keys.map((key) => resting(key, facts));
}

/** The keys in the right column, for what happens a few times a day; the short ones stand in pairs. */
export function sideKeys(facts) {
  const free = facts.state === "open";
  const keys = [
    ...(facts.undo && facts.ticket ? [undoKey(facts.undo)] : []),
    {id: "call", icon: "search", label: "叫指定号", why: free ? null : "办完这位后可用"},
    {id: "walk-in", icon: "plus", label: "无号办理", why: free ? null : "办完这位后可用"},
    {id: "help", icon: "help", label: "请人来、报修"},
    {id: "incident", icon: "alert", label: "突发事件"},
    {id: "self-check", label: "自检", half: true},
    {id: "sign-off", label: "下岗", why: free ? null : "办完这位后可以下岗", half: true},
  ];
  return keys.map((key) => resting(key, facts));
}

/** Keys that stand elsewhere on the page, or only in the hand. */
export function otherKeys(facts) {
  const {held, next} = facts;
  const keys = [
    {id: "ready", icon: "check", label: "材料已齐", why: held.length ? null : "本窗口没有挂起的号"},
    {id: "why", icon: "search", label: "为什么是他？", why: next.length ? null : "现在没有人等候"},
    {id: "relief", icon: "people", label: "补岗"},
    {id: "keys", icon: "keys", label: "全部按键"},
  ];
  return keys.map((key) => resting(key, facts));
}

/** What taking a step back is called. */
const UNDO = {
  ServiceStarted: "撤销开始", TicketFinished: "撤销办结", OpinionGiven: "撤销意见", TicketMissed: "撤销过号",
  TicketHeld: "撤销挂起", TicketGivenBack: "撤销退回", TicketTransferred: "撤销转办",
};

function undoKey({number, step, seconds}) {
  return {id: "undo", icon: "undo", label: UNDO[step] ?? "撤销", note: `${number}，${seconds} 秒内`};
}

function beside({undo, ticket, opinion}, serving) {
  if (undo && !ticket) return {...undoKey(undo), tall: true};
  return {id: "finish-next", icon: "right", label: opinion ? "出具意见并叫下一个" : "办结并叫下一个", why: serving ? null : "开始办理后可用", tall: true};
}

/** Why not, and the part of it that is worth reading before the press: what only time will change. */
function againKey({call}) {
  const key = {id: "call-again", icon: "mega", label: "重呼"};
  if (!call) return {...key, why: "叫号后可用"};
  if (call.spent) return {...key, why: "重呼次数已满，可以过号", note: "次数已满"};
  return call.wait > 0 ? {...key, why: `${call.wait} 秒后可以重呼`, note: `${call.wait} 秒后`} : key;
}

function missKey({call}) {
  const key = {id: "miss", icon: "miss", label: "过号"};
  if (!call) return {...key, why: "叫号后可用"};
  return call.toMiss > 0 ? {...key, why: `再重呼 ${call.toMiss} 次后可以过号`, note: `再呼 ${call.toMiss} 次后`} : key;
}

function pauseKey({window}, active) {
  const wish = active && window.pause_pending;
  if (wish) return {id: "pause", action: "withdraw-pause", icon: "pause", label: "取消办完后暂停", note: `已约定 ${wish.minutes} 分`};
  return {id: "pause", icon: "pause", label: active ? "办完后暂停" : "暂停"};
}

/** Nothing can be pressed without the server; while the hall is evacuated nobody is called or served. */
function resting(key, {live, evacuation}) {
  if (!live && key.id !== "keys") return {...key, why: "网络中断，连上后自动恢复", note: null};
  return evacuation && !ALWAYS.has(key.id) ? {...key, why: RESTS_WHILE_EVACUATING, note: null} : key;
}
