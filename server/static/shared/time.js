/* The hall's clock on a page, and times as people read them.
   The server says what time it is and how fast it runs (a demonstration may run faster); the page counts on with the
   monotonic clock, so a wrong or jumping clock of the machine does no harm. */

const WEEKDAYS = ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"];
const WEEKDAYS_EN = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS_EN = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const STEP_IGNORED_SECONDS = 2;             // the age of an answer; smaller steps back would make a counting second repeat

export class HallClock {
  #anchor = Date.now();                     // hall time in ms since 1970 …
  #at = performance.now();                  // … at this monotonic moment
  #speed = 1;
  #offset = "+08:00";
  set = false;                              // true once the server has told the time

  /** Takes the server's {now: ISO text with offset, speed}. */
  tell({now, speed = this.#speed}) {
    const told = Date.parse(now);
    const behind = this.now() - told;
    this.#offset = offsetOf(now) ?? this.#offset;
    if (this.set && speed === this.#speed && behind > 0 && behind < STEP_IGNORED_SECONDS * 1000 * speed) return;
    [this.#anchor, this.#at, this.#speed, this.set] = [told, performance.now(), speed, true];
  }

  /** Hall time in ms since 1970. */
  now() {
    return this.#anchor + (performance.now() - this.#at) * this.#speed;
  }

  get speed() { return this.#speed; }

  /** Hall time as ISO text with the hall's offset, to the second. */
  iso(ms = this.now()) {
    return shifted(ms, this.#offset).toISOString().slice(0, 19) + this.#offset;
  }

  /** Real milliseconds until the hall's minute changes; draw a clock again then. */
  toNextMinute() {
    return Math.max(50, (60_000 - (this.now() % 60_000)) / this.#speed);
  }
}

/** "10:04" of an ISO text, in the offset that it was written in, which is the hall's. */
export function clockText(iso) {
  return iso.slice(11, 16);
}

/** "11月24日 星期二" or "Tuesday 24 Nov" of an ISO text. */
export function dayText(iso, language = "zh") {
  const [month, day] = [Number(iso.slice(5, 7)), Number(iso.slice(8, 10))];
  const weekday = new Date(`${iso.slice(0, 10)}T00:00:00Z`).getUTCDay();
  return language === "en" ? `${WEEKDAYS_EN[weekday]} ${day} ${MONTHS_EN[month - 1]}` : `${month}月${day}日 ${WEEKDAYS[weekday]}`;
}

/** Whole seconds of hall time since an ISO moment, never below zero. */
export function secondsSince(iso, now) {
  return Math.max(0, Math.floor((now - Date.parse(iso)) / 1000));
}

/** "02:14", or "1:02:14" from an hour on: a time that counts up. */
export function countText(seconds) {
  const pad = (part) => String(part).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return hours ? `${hours}:${pad(minutes)}:${pad(rest)}` : `${pad(minutes)}:${pad(rest)}`;
}

/** The wait as people say it; the server has rounded it. null when there is none to tell ("时间待定"). */
export function rangeText(estimate) {
  if (!estimate || estimate.unknown) return null;
  const {low_minutes: low, high_minutes: high} = estimate;
  return low === high ? String(high) : `${low}–${high}`;
}

function offsetOf(iso) {
  return /([+-]\d\d:\d\d)$/.exec(iso)?.[1] ?? (iso.endsWith("Z") ? "+00:00" : null);
}

function shifted(ms, offset) {
  const [hours, minutes] = offset.slice(1).split(":").map(Number);
  return new Date(ms + (offset[0] === "-" ? -1 : 1) * (hours * 60 + minutes) * 60_000);
}
