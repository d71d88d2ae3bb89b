/* What one desk has to know, read from the hall's picture. Pure: picture, hall file and time in, plain values out.
   Whether a command is allowed is decided by the server; here is only what a key shows before it is pressed. */

import {clockText, rangeText, secondsSince} from "shared/time.js";

const MISSED_KEPT = 3;                       // a clerk may call back the last three that were missed

/** The window that this member of staff is signed on at, or null. */
export function ownWindow(picture, staff) {
  return picture.windows.find((row) => row.clerk === staff && row.state !== "closed") ?? null;
}

/** The letters of all queues that this window calls: its own, those it is lent to, then the others it helps. */
export function queuesOf({queues, lent = [], secondary}) {
  return [...new Set([...queues, ...lent, ...secondary])];
}

/** Everything the parts of the desk draw from. now: hall time in ms; live: false while the server cannot be reached;
 *  apology: the clerk has just come back from a pause. */
export function factsOf({picture, hall, number, apology = false, live = true, now}) {
  const window = picture.windows.find((row) => row.number === number);
  const tickets = new Map(picture.tickets.map((row) => [row.id, row]));
  const ticket = window.ticket ? {...window.ticket, ...tickets.get(window.ticket.id)} : null;
  const own = queuesOf(window);
  return {
    hall, picture, number, window, ticket, live, apology, now,
    evacuation: Boolean(picture.evacuation),
    opinion: ticket?.joint_window && ticket.joint_window !== number ? ticket.joint_window : null,    // 联办: asked for by that window
    reports: (picture.incidents ?? []).filter((row) => row.state !== "closed" && (row.place === String(number) || row.reporter === `staff:${window.clerk}`)),
    state: ticket ? ticket.state : window.state,
    queues: own.map((prefix) => picture.queues.find((row) => row.prefix === prefix)).filter(Boolean),
    next: (window.next ?? []).map((id) => tickets.get(id)).filter((row) => row?.state === "waiting"),
    held: picture.tickets.filter((row) => row.state === "held" && row.window === number),
    missed: missedHere(picture.tickets, number),
    undo: undoable(window.undo, ticket, hall, now),
    call: ticket?.state === "called" ? callOf(ticket, picture, hall, now) : null,
  };
}

/** How a called ticket stands: seconds since its last call, seconds until it may be called again, calls left. */
function callOf(ticket, picture, hall, now) {
  const shown = picture.calls.find((call) => call.ticket_id === ticket.id)?.at;
  const at = ticket.last_called_at ?? shown ?? ticket.called_at;
  const since = secondsSince(at, now);
  return {
    since,
    wait: Math.max(0, Math.ceil(hall.min_seconds_between_calls - (now - Date.parse(at)) / 1000)),
    spent: hall.max_calls !== undefined && ticket.calls >= hall.max_calls,
    toMiss: Math.max(0, hall.calls_before_missed - ticket.calls),
  };
}

/** The last step, as long as it may be taken back, and for how many seconds; another visit in hand is in its way. */
function undoable(done, ticket, hall, now) {
  if (!done || (ticket && ticket.id !== done.id)) return null;
  const seconds = hall.undo_seconds - secondsSince(done.at, now);
  return seconds > 0 ? {number: done.number, step: done.step, seconds} : null;
}

function missedHere(tickets, number) {
  const here = tickets.filter((row) => row.state === "missed" && row.window === number);
  return here.sort((a, b) => b.missed_at.localeCompare(a.missed_at)).slice(0, MISSED_KEPT);
}

/* ── In the words of people ────────────────────────────────────────────── */

/** Everybody who is on duty at another window now, for whom something can be left: {value: staff, label: "5 号窗口"}. */
export function onDuty({picture, number}) {
  const there = picture.windows.filter((row) => row.clerk && row.number !== number);
  return there.map((row) => ({value: row.clerk, label: `${row.number} 号窗口`}));
}

/** "43" as this hall writes staff numbers: "工号043". */
export function fullStaff(typed, hall) {
  const sample = hall.windows.find((row) => row.default_staff)?.default_staff ?? "";
  const [, word, digits] = /^(\D*)(\d+)$/.exec(sample) ?? [];
  return word && /^\d+$/.test(typed) ? word + typed.padStart(digits.length, "0") : typed;
}

/** The item's name, or the queue's when the ticket names none. */
export function purpose(ticket, hall) {
  return hall.items.find((item) => item.code === ticket.item)?.name ?? queueName(ticket.queue, hall);
}

export function queueName(prefix, hall) {
  return hall.queues.find((queue) => queue.prefix === prefix)?.name ?? prefix;
}

/** {low, high} in minutes: how long this visit usually takes at a window; null when the hall file does not say. */
export function usual(ticket, hall) {
  const source = hall.items.find((item) => item.code === ticket.item) ?? hall.queues.find((queue) => queue.prefix === ticket.queue);
  if (!source?.minutes) return null;
  return {low: Math.round(source.minutes), high: Math.round(source.p90_minutes ?? source.minutes)};
}

/** Whole minutes since an ISO moment. */
export function minutesSince(iso, now) {
  return Math.floor(secondsSince(iso, now) / 60);
}

/** "等 7 分", "刚到": how long somebody has been waiting. */
export function waitedText(ticket, now) {
  const minutes = minutesSince(ticket.waiting_since ?? ticket.issued_at, now);
  return minutes ? `等 ${minutes} 分` : "刚到";
}

/** "50 秒" or "3 分 20 秒". */
export function spanText(seconds) {
  const minutes = Math.floor(seconds / 60);
  if (!minutes) return `${seconds} 秒`;
  return seconds % 60 ? `${minutes} 分 ${seconds % 60} 秒` : `${minutes} 分钟`;
}

/** "20–30 分" or "时间待定": what a newcomer to this queue would wait. */
export function waitText(estimate) {
  const range = rangeText(estimate);
  if (range === null) return "时间待定";
  if (range === "0") return "不用等";
  return estimate.low_minutes > 0 ? `${range} 分` : `${estimate.high_minutes} 分内`;
}

/** The mark before a waiting number, {tag, text}: why it is not simply the next to have come. */
export function markOf(ticket) {
  const flags = ticket.flags ?? [];
  if (flags.includes("priority")) return {tag: "优先", text: ticket.priority_group ?? ""};
  if (flags.includes("put_first")) return {tag: "先办", text: ""};
  if (flags.includes("appointment")) return {tag: "预约", text: ticket.appointment_at ? clockText(ticket.appointment_at) : ""};
  if (flags.includes("transferred")) return {tag: "转来", text: ""};
  if (flags.includes("returned")) return {tag: "过号回来", text: ""};
  if (flags.includes("manual")) return {tag: "手工号", text: ""};
  return null;
}
