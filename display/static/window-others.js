// Which other windows do the same work.

const WORKING = new Set(["open", "calling", "serving"]);

/** Rows of windows that serve one of this window's queues now, those that have it as their first duty before those that only help out. */
export function othersFor(window, windows) {
  const queues = new Set(window.queues);
  const working = windows.filter(({number, state}) => number !== window.number && WORKING.has(state));
  const first = working.filter((other) => other.queues.some((queue) => queues.has(queue)));
  if (first.length) return nearestFirst(window, first);
  return nearestFirst(window, working.filter((other) => other.secondary.some((queue) => queues.has(queue))));
}

function nearestFirst(window, rows) {
  return rows.sort((a, b) => Math.abs(a.number - window.number) - Math.abs(b.number - window.number));
}
