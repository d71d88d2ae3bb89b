// What needs a person now, from the rows of the manager's picture: `{key, level, sign, title, detail, since, from}` with the most urgent first.
// level is "alarm" (somebody must act) or "warn" (a threshold); since is the moment that its timer counts from, or null.

import {splitName, windowsText, zoneShort} from "shared/place.js";
import {clockText, secondsSince} from "shared/time.js";
import {reportedByPeople} from "./attention-people.js";

const FAULTS = {
  near_end: "纸快用完", out: "缺纸", cover: "盖子没合上", offline: "打印机没有连接", unknown: "打印机状态不明",
};
const QUIET = new Set(["ok", undefined, null]);

/** hall: the hall answer; now: hall time in ms. */
export function attention(picture, hall, now) {
  const found = [
    ...picture.windows.filter(({overrun}) => overrun).map((row) => overdue(row, now)),
    ...reportedByPeople(picture, hall),
    ...stranded(picture),
    ...emptyWindows(picture, hall),
    ...picture.windows.filter(({overrun, pause}) => pause?.warned && !overrun).map(nearLimit),
    ...picture.queues.filter((queue) => queue.open_windows > 0 && overThreshold(queue, now)).map((row) => longQueue(row, now)),
    ...(picture.tickets ?? []).filter(({print, state}) => print === "failed" && state === "waiting").map(notPrinted),
    ...(picture.devices ?? []).flatMap((device) => deviceFaults(device, hall)),
    ...mutedCircuits(picture.devices ?? [], hall),
  ];
  return [...found.filter(({level}) => level === "alarm"), ...found.filter(({level}) => level !== "alarm")];
}

/** Is a queue over one of the hall's two thresholds: people, or minutes of the one who waits longest? */
export function overThreshold(queue, now) {
  const minutes = queue.longest_since ? secondsSince(queue.longest_since, now) / 60 : 0;
  return queue.warn || queue.waiting >= (queue.warn_waiting ?? Infinity) || minutes >= (queue.warn_wait_minutes ?? Infinity);
}

function overdue({number, zone, clerk, pause, relief_asked: sent}) {
  return {
    key: `over-${number}`, zone, level: "alarm", sign: "alert", title: `${number} 号窗口超时未归`,
    detail: `${clerk ?? ""}，${clockText(pause.from)} 起暂停，${sent ? `已派 ${sent}` : "已上报"}`, since: pause.limit_at ?? pause.until, plus: true,
  };
}

function nearLimit({number, clerk, pause}) {
  return {
    key: `near-${number}`, level: "warn", sign: "pause", title: `${number} 号窗口将到暂停时限`,
    detail: `${clerk ?? ""}，${pause.until ? `说好 ${clockText(pause.until)} 回来` : "没有说何时回来"}`, since: pause.from,
  };
}

/** People wait and no window is open for them. */
function stranded({queues}) {
  return queues.filter(({waiting, open_windows: open}) => waiting > 0 && open === 0).map((queue) => ({
    key: `stranded-${queue.id}`, level: "alarm", sign: "people", title: `${splitName(queue.name).name} ${queue.prefix} 没有窗口开放`,
    detail: `${queue.waiting} 人在等`, since: queue.longest_since,
  }));
}

/** Planned and empty (空岗), one entry a zone. Windows kept in reserve for the tide are not missed. */
function emptyWindows({windows}, hall) {
  const planned = new Set(hall.hours.planned_now ?? []);
  const reserve = new Set(hall.windows.filter(({tidal}) => tidal).map(({number}) => number));
  const empty = windows.filter(({number, state}) => state === "closed" && planned.has(number) && !reserve.has(number));
  return hall.zones.flatMap((zone) => {
    const numbers = empty.filter((row) => row.zone === zone.id).map(({number}) => number);
    if (!numbers.length) return [];
    const title = numbers.length === 1 ? `${numbers[0]} 号窗口空岗` : `${numbers.length} 个窗口空岗`;
    const detail = `${zoneShort(zone)} ${windowsText(numbers)} 号，按计划应开`;
    return [{key: `empty-${zone.id}`, level: "warn", sign: "closed", title, detail, since: null}];
  });
}

function longQueue(queue, now) {
  const minutes = queue.longest_since ? Math.floor(secondsSince(queue.longest_since, now) / 60) : 0;
  return {
    key: `queue-${queue.id}`, level: "warn", sign: "people", title: `${splitName(queue.name).name} ${queue.prefix} 等候 ${queue.waiting} 人`,
    detail: `最久 ${minutes} 分，提醒线 ${queue.warn_waiting} 人、${queue.warn_wait_minutes} 分`, since: null,
  };
}

function notPrinted({id, number, issued_at: since}) {
  return {key: `print-${id}`, level: "warn", sign: "printer", title: `${number} 的小票没有打印出来`, detail: "号码有效，请帮群众补打", since};
}

function deviceFaults({id, kind, zone, silent, printer, paper_left: left, last_seen: seen}, hall) {
  const place = zoneShort(hall.zones.find((row) => row.id === zone) ?? {name: ""});
  const name = `${kind === "kiosk" ? "取号机" : "大屏"} ${id}`;
  if (silent) return [{key: `silent-${id}`, level: "alarm", sign: "cut", title: `${name} 没有回应`, detail: place, since: seen}];
  if (QUIET.has(printer?.state)) return [];
  const title = `${name} ${FAULTS[printer.state] ?? printer.state}`;
  const detail = left == null ? place : `${place}，约剩 ${left} 张`;
  return [{key: `printer-${id}`, level: "warn", sign: "printer", title, detail, since: null}];
}

/** Loudspeaker circuits whose screens are all there and none may play: calls would be seen and not heard. */
function mutedCircuits(devices, hall) {
  const audioOf = new Map(hall.zones.map(({id: zone, audio}) => [zone, audio]));
  return hall.audio_zones.flatMap(({id, name}) => {
    const screens = devices.filter((device) => audioOf.get(device.zone) === id && !device.silent && device.audio_ready != null);
    if (!screens.length || screens.some((device) => device.audio_ready)) return [];
    const detail = `请到大屏 ${screens.map((screen) => screen.id).join("、")} 前按“开启声音”`;
    return [{key: `muted-${id}`, level: "alarm", sign: "sound", title: `${name}没有声音`, detail, since: null}];
  });
}
