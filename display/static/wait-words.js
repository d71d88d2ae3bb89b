// A wait said for people: a range, never a bare number of seconds, and never a zero that nobody promised.

const HOURS_FROM = 120; // minutes; a longer wait is said in hours

/** What a newcomer to a queue is told: `{kind, text}`, kind one of "range", "none" (no wait), "unknown", "off". resumes: what
 *  is said of a queue that nobody serves now because the hall rests, "14:00 继续"; "" while it is open. */
export function waitWords(queue, resumes = "") {
  if (queue.offered === false) return {kind: "off", text: "暂停取号"};
  const estimate = queue.estimate;
  if (!estimate || estimate.unknown) return resumes ? {kind: "off", text: resumes} : {kind: "unknown", text: "时间待定"};
  if (noWait(estimate)) return {kind: "none", text: "现在不用等"};
  return {kind: "range", text: rangeWords(estimate)};
}

/** The same for the narrow column of a board: "20–30", "不用等", "待定". */
export function shortWait(queue) {
  const {kind} = waitWords(queue);
  if (kind === "off") return "停办";
  if (kind === "unknown") return "待定";
  if (kind === "none") return "不用等";
  const {low_minutes: low, high_minutes: high} = queue.estimate;
  return low === high ? `${high}` : `${low}–${high}`;
}

function noWait({likely_minutes: likely, high_minutes: high}) {
  return high === 0 || (likely === 0 && high <= 1);
}

function rangeWords({low_minutes: low, high_minutes: high}) {
  if (low === 0) return `${high} 分以内`;
  if (low >= HOURS_FROM) return `约 ${span(halfHours(low), halfHours(high))} 小时`;
  return `约 ${span(low, high)} 分`;
}

const span = (low, high) => (low === high ? `${low}` : `${low}–${high}`);
const halfHours = (minutes) => Math.round(minutes / 30) / 2;
