// What people report or file and somebody has to answer: incidents and calls for help, absences, closures to be approved.

import {clockText} from "shared/time.js";
import {INCIDENTS, placeWords} from "./incident-words.js";

/** Entries as in attention.js, for the manager's picture. */
export function reportedByPeople(picture, hall) {
  return [
    ...(picture.incidents ?? []).filter(({state}) => state !== "closed").map((row) => incident(row, hall)),
    ...picture.windows.filter(({pause, overrun}) => pause && !overrun && pause.acknowledged === false).map(absence),
    ...(picture.closures ?? []).filter(({state}) => state === "filed").map(filing),
  ];
}

function incident({id, type, place, zone, state, quiet, reporter, reported_at: since, taken_by: taker}, hall) {
  const open = state === "open";
  return {
    key: `incident-${id}`, zone, state, quiet, level: open && !quiet ? "alarm" : "warn", sign: quiet ? "help" : "alert",
    title: `${placeWords(place, hall)}：${INCIDENTS[type] ?? type}`,
    detail: open ? `${who(reporter)}报告，还没有人接` : `${taker} 正在处理`, since,
  };
}

/** Reporters are "staff:工号003" or "device:K1". */
function who(reporter) {
  return reporter.split(":").at(-1);
}

function absence({number, zone, clerk, pause, relief_asked: sent}) {
  const back = pause.until ? `，说好 ${clockText(pause.until)} 回来` : "";
  return {
    key: `pause-${number}`, zone, level: "warn", sign: "pause", title: `${number} 号窗口报备离岗`,
    detail: `${clerk ?? ""}，${pause.reason ?? ""}${back}${sent ? `；已派 ${sent}` : ""}`, since: pause.from,
  };
}

function filing({id, window, reason, staff_to: to, begins_at: from, ends_at: until, filed_by: by}) {
  return {
    key: `closure-${id}`, level: "warn", sign: "closed", title: `${window} 号窗口申请关闭`,
    detail: `${clockText(from)}–${clockText(until)}，${reason}，人员${to}；${who(by)} 报备`, since: null,
  };
}
