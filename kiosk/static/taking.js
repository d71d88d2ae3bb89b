/* Asking for a number so that it can never become two (K5), and watching what becomes of its paper (K11). */

import {command, CommandError, fetchJson, requestId} from "shared/command.js";

const RETRY_MS = 800;                       // once by itself, then the person is asked
const LOOK_EVERY_MS = 1_000;
const SLOW_MS = 20_000;

/** The body of POST tickets for a visit. One intention, one request id: a second touch, a retry and a lost reply all send
 *  this same body. */
export function requestOf({queue, item, group, language}, print) {
  return {
    queue: queue.prefix, request_id: requestId(), channel: "kiosk", print, language: language === "en" ? "en" : "zh-CN",
    ...(item && {item: item.code}), ...(group && {priority_group: group}),
  };
}

/** The ticket, or a CommandError; a lost reply is asked for once more. */
export async function takeNumber(request) {
  try {
    return (await command("tickets", request)).ticket;
  } catch (error) {
    if (!(error instanceof CommandError && error.unreachable)) throw error;
    await sleep(RETRY_MS);
    return (await command("tickets", request)).ticket;
  }
}

/** Looks until the slip is printed or has failed, or goesOn() says that nobody waits for it any more.
 *  heard(ticket, slow) after each look; slow is true once it has taken 20 s. */
export async function watchPrint(ticket, {goesOn, heard}) {
  const since = performance.now();
  for (let known = ticket; known.print === "pending" && goesOn();) {
    await sleep(LOOK_EVERY_MS);
    const answer = await fetchJson(`tickets/${ticket.token}`).catch(() => null);
    known = answer?.ticket ?? known;
    if (goesOn()) heard(known, performance.now() - since > SLOW_MS);
  }
}

function sleep(ms) {
  return new Promise((wake) => setTimeout(wake, ms));
}
