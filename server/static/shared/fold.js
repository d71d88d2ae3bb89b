/* Old picture + news = new picture. No rule of the hall is written here: rows arrive finished and are put in their place. */

const CALLS_KEPT = 60;                      // of the whole hall, as in the server: the screen of a quiet zone keeps its own

/** The picture after one piece of news; a new object, the old one is left alone. Rows that did not change stay the same object.
 *  picture: {seq, queues, windows, calls, tickets, …}; news: {seq, at, changed: {…}, removed: {…}}.
 *  News that the picture already holds (seq not above its own) changes nothing. Gaps are the caller's business: see isNext. */
export function apply(picture, news) {
  if (news.seq <= picture.seq) return picture;
  const next = {...picture, ...news.changed?.hall, seq: news.seq, at: news.at};
  for (const [list, rows] of Object.entries(news.changed ?? {})) {
    if (!Array.isArray(picture[list])) continue;
    next[list] = list === "calls" ? newestFirst(picture.calls, rows) : placed(picture[list], rows);
  }
  for (const [list, ids] of Object.entries(news.removed ?? {})) {
    if (Array.isArray(next[list])) next[list] = next[list].filter((row) => !ids.includes(row.id));
  }
  return next;
}

/** True when the news follows the picture without a gap. */
export function isNext(picture, news) {
  return news.seq === picture.seq + 1;
}

/** The picture with new estimates; they have no number because the next one replaces them anyway. */
export function applyEstimates(picture, {queues}) {
  const estimates = new Map(queues.map((row) => [row.id, row.estimate]));
  const merged = (row) => (estimates.has(row.id) ? {...row, estimate: estimates.get(row.id)} : row);
  return {...picture, queues: picture.queues.map(merged)};
}

function placed(old, rows) {
  const changed = new Map(rows.map((row) => [row.id, row]));
  const kept = old.map((row) => {
    const fresh = changed.get(row.id);
    changed.delete(row.id);
    return fresh ?? row;
  });
  return [...kept, ...changed.values()];
}

function newestFirst(old, rows) {
  const known = new Set(old.map((row) => row.id));
  const fresh = rows.filter((row) => !known.has(row.id));
  return [...fresh, ...placed(old, rows.filter((row) => known.has(row.id)))].slice(0, CALLS_KEPT);
}
