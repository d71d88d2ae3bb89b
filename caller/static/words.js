/* What the desk says: phrases of the standard's appendix C at their moment, and what others did, as sentences. */

import {clockText} from "shared/time.js";
import {minutesSince} from "./facts.js";
import {incidentName} from "./incident-question.js";

const LONG_WAIT_MINUTES = 20;                // from here on one begins with an apology
const GREETING_MINUTES = 2;                  // so long the visit has just begun

const WELCOME = "您好，请坐，很高兴为您服务，请问您办理什么事项？";
const SORRY = "对不起，让您久等了。";

/** The phrase that fits the moment, or null when there is nobody to speak to. */
export function phraseFor({ticket, undo, apology, opinion, evacuation, now}) {
  if (evacuation) return {label: "请这样说", text: "请您听从工作人员引导，有序离开，不要使用电梯。您的号码会为您保留。"};
  if (apology) return {label: "回来先说", text: SORRY};
  if (undo?.step === "TicketFinished" && !ticket) return {label: "可以这样说", text: "请您对我的服务作出评价。谢谢您的合作，再见。"};
  if (!ticket) return null;
  if (ticket.state === "called") {
    const long = minutesSince(ticket.issued_at, Date.parse(ticket.called_at)) >= LONG_WAIT_MINUTES;
    return {label: "可以这样说", text: long ? SORRY + WELCOME : WELCOME};
  }
  if (minutesSince(ticket.started_at, now) < GREETING_MINUTES) return {label: "可以这样说", text: WELCOME};
  if (opinion) return {label: "可以这样说", text: `请您回到 ${opinion} 号窗口，号码不变，不用重新取号。`};
  return {label: "可以这样说", text: "您好，您是现场领取还是选择政务专递免费邮递？"};
}

const BY_OUTCOME = {
  受理: "这是受理回执，请收好。请您对我的服务作出评价。",
  一次性告知: "对不起，您提供的材料不全，请您按通知书补齐后再来申报，谢谢。",
  不予受理: "很抱歉，这项申请不符合受理条件，依据和救济途径都写在通知书上，请您收好。",
  领证: "这是您的证照，请您核对后收好。",
};

/** What one may say when a visit ends this way. */
export function phraseForOutcome(outcome) {
  return BY_OUTCOME[outcome] ?? "请您对我的服务作出评价。谢谢您的合作，再见。";
}

/** Where to send somebody who goes on to another queue: place and way of its zone. */
export function phraseForQueue(prefix, hall) {
  const queue = hall.queues.find((row) => row.prefix === prefix);
  const zone = hall.zones.find((row) => row.id === queue?.zone);
  if (!zone) return null;
  return `您好，您办理的业务在${zone.name.replace(" ", "")}窗口受理${zone.route ? `，${zone.route}` : ""}。号码不变，不用重新取号。`;
}

/* ── What others did ───────────────────────────────────────────────────── */

const SENTENCES = {
  TicketCalled: ({at, ticket}) => `${at}叫号 ${ticket.number}`,
  TicketCalledAgain: ({at, ticket}) => `${at}重呼 ${ticket.number}，第 ${ticket.calls} 次`,
  ServiceStarted: ({at, ticket}) => `${at}开始办理 ${ticket.number}`,
  TicketFinished: ({at, ticket}) => `${at}办结 ${ticket.number}`,
  StepUndone: ({at, ticket}) => `${at}撤销上一步 ${ticket.number}`,
  TicketMissed: ({at, ticket}) => `${at}过号 ${ticket.number}`,
  TicketReturned: ({ticket}) => `${ticket.number} 过号后回来，重新排队`,
  TicketHeld: ({at, ticket}) => `${at}挂起 ${ticket.number}${ticket.held_until ? `，${clockText(ticket.held_until)} 回来` : ""}`,
  HoldEnded: ({ticket}) => `${ticket.number} 材料已齐或到时，优先叫号`,
  TicketGivenBack: ({at, ticket}) => `${at}把 ${ticket.number} 退回 ${ticket.queue} 队列`,
  TicketTransferred: ({at, ticket}) => `${at}把 ${ticket.number} ${ticket.joint_window ? "联办" : "转"}到 ${ticket.queue} 队列`,
  OpinionGiven: ({at, ticket}) => `${at}出具意见，${ticket.number} 回到受理窗口`,
  TicketMoved: ({ticket}) => `${ticket.number} 改在 ${ticket.queue} 队列等候`,
  TicketPutFirst: ({ticket}) => `${ticket.number} 置顶，理由已记录`,
  TicketCancelled: ({ticket}) => `${ticket.number} 已放弃`,
  VisitorOnTheWay: ({ticket}) => `${ticket.number} 说正在来的路上`,
  SignedOn: ({at, window}) => `${window.clerk ?? ""} 在${at}上岗`,
  SignedOff: ({at}) => `${at}下岗`,
  WindowRelieved: ({at, window}) => `${window.clerk ?? ""} 接替${at}，窗口不停`,
  ReliefAsked: ({at, window}) => `${at}已安排 ${window.relief_asked ?? ""} 补岗`,
  WindowSuspended: ({at}) => `${at}暂停服务，等人接替`,
  WindowLent: ({at, window}) => (window.lent?.length ? `${at}借给 ${window.lent.join("、")} 队列` : `${at}借调结束`),
  PauseRequested: ({at}) => `${at}办完后暂停`,
  PauseWithdrawn: ({at}) => `${at}不暂停了`,
  WindowPaused: ({at, window}) => `${at}暂停${window?.sign?.until ? `，预计 ${clockText(window.sign.until)} 回来` : ""}`,
  PauseWarned: ({at}) => `${at}暂停快到时限`,
  PauseEscalated: ({at}) => `${at}暂停超过时限，已上报`,
  PauseAcknowledged: ({at}) => `区域负责人已知晓${at}暂停`,
  WindowResumed: ({at}) => `${at}恢复服务`,
  ClosureFiled: ({at, closure}) => `${at}备案关闭，${span(closure)}`,
  ClosureApproved: ({at, closure}) => `${at}关闭已批准，${span(closure)}`,
  ClosureWithdrawn: ({at}) => `${at}关闭备案已撤回`,
  ClosureBegan: ({at, closure}) => `${at}关闭${closure ? `，到 ${clockText(closure.ends_at)}` : ""}`,
  ClosureEnded: ({at}) => `${at}关闭结束`,
  IncidentReported: ({place, incident}) => `${place}：${incidentName(incident.type)}，已上报`,
  IncidentTaken: ({place, incident}) => `${place}：${incidentName(incident.type)}，${incident.taken_by} 正在处理`,
  IncidentClosed: ({place, incident}) => `${place}：${incidentName(incident.type)}，处置完毕`,
  EvacuationBegan: () => "开始疏散，叫号暂停",
  EvacuationEnded: () => "疏散结束，恢复叫号",
};

const EVERYBODYS = ["EvacuationBegan", "EvacuationEnded"];
const OWN_TOO = ["WindowPaused", "PauseAcknowledged", "PauseWarned", "PauseEscalated", "ReliefAsked", "WindowRelieved", "WindowLent"];
const WITHOUT_WINDOW = ["TicketReturned", "HoldEnded", "TicketCancelled", "TicketMoved", "TicketPutFirst", "VisitorOnTheWay"];
const ABOUT_TICKETS = /^(Ticket|Service|Step|Opinion|Hold|Visitor)/;

/** One piece of news as a sentence for this desk {number, queues}; null when it does not concern its queues, or is its own
 *  doing. before: the picture that the news changed, which knows what the rows no longer say. */
export function sentenceOf(news, before, desk) {
  const sentence = SENTENCES[news.kind];
  const about = aboutOf(news, before);
  if (!sentence || !concerns(news.kind, about, desk)) return null;
  return {id: String(news.seq), at: clockText(news.at), text: sentence(about)};
}

/** What the news are about: the ticket, the window where it was done, the closure, the incident with its place. */
function aboutOf(news, before) {
  const {tickets: [ticket = null] = [], closures: [closure = null] = [], incidents: [incident = null] = []} = news.changed ?? {};
  const window = closure ? windowRow(closure.window, news, before) : actingWindow(news, ticket, before);
  const at = window ? `${window.number} 号窗口` : "";
  return {ticket, window, closure, incident, at, place: incident ? placeText(incident) : ""};
}

/** The window where it was done: named by the news or the ticket, before or after; else the one whose own state changed. */
function actingWindow(news, ticket, before) {
  const number = news.window ?? ticket?.window ?? before.tickets.find((row) => row.id === ticket?.id)?.window;
  if (number) return windowRow(number, news, before);
  const rows = ticket ? [] : news.changed?.windows ?? [];
  return rows.find((row) => acted(row, before.windows.find((old) => old.number === row.number))) ?? null;
}

function windowRow(number, {changed = {}}, before) {
  return [...(changed.windows ?? []), ...before.windows].find((row) => row.number === number) ?? null;
}

function acted(row, old) {
  return old && (row.state !== old.state || row.clerk !== old.clerk || row.pause?.acknowledged !== old.pause?.acknowledged);
}

function concerns(kind, {ticket, window, incident, closure}, {number, queues}) {
  if (EVERYBODYS.includes(kind)) return true;
  if (kind.startsWith("Incident")) return Boolean(incident) && (!incident.quiet || incident.place === String(number));
  if (kind.startsWith("Closure") && !closure) return false;
  if (ABOUT_TICKETS.test(kind) && !ticket) return false;
  if (WITHOUT_WINDOW.includes(kind)) return queues.includes(ticket.queue);
  if (!window || (window.number === number && !OWN_TOO.includes(kind) && !closure)) return false;
  return window.number === number || queues.includes(ticket?.queue) || window.queues.some((prefix) => queues.includes(prefix));
}

function placeText({place}) {
  return /^\d+$/.test(place) ? `${place} 号窗口` : place || "大厅";
}

function span({begins_at: from, ends_at: until}) {
  return `${clockText(from)}–${clockText(until)}`;
}
