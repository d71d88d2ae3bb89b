/* The ring of a pause: one turn is the limit of the standard; what is left is dark, the warning and the limit are marked. */

import {svg} from "./svg.js";

const CENTRE = 205, RADIUS = 168, BAND = 26; // units of the drawing
const FULL = 2 * Math.PI * RADIUS;
const TICK = "M205 20v34", MARK = "M205 12v50";

/** All in seconds: spent since the pause began, promised length, warning, limit. */
export function ring({spent, promised, warn, limit}) {
  const length = (seconds) => Math.max(0, seconds) / limit * FULL;
  const [from, left] = [length(Math.min(spent, promised)), length(Math.min(promised, limit) - spent)];
  const minutes = Math.round(limit / 60);
  return svg("svg", {viewBox: "-66 -6 542 422", "aria-hidden": "true"},
    svg("circle", {class: "track", cx: CENTRE, cy: CENTRE, r: RADIUS, "stroke-width": BAND}),
    svg("path", {class: "rest", d: `M${CENTRE} ${CENTRE - RADIUS}a${RADIUS} ${RADIUS} 0 1 1-.01 0`, "stroke-width": BAND,
                 "stroke-dasharray": `0 ${from} ${left} ${FULL}`}),
    svg("g", {class: "ticks"}, ...Array.from({length: minutes}, (_, minute) => svg("path", {d: TICK, transform: turned(minute / minutes)}))),
    svg("path", {class: "mark warn", d: MARK, transform: turned(warn / limit)}),
    svg("path", {class: "mark limit", d: MARK}),
    label(warn / limit, `${Math.round(warn / 60)} 提醒`, "warn"),
    svg("text", {class: "limit", x: CENTRE + 11, y: 14}, `${minutes} 上报`));
}

function turned(share) {
  return `rotate(${share * 360} ${CENTRE} ${CENTRE})`;
}

/** A word outside the ring, beside its mark. */
function label(share, words, kind) {
  const angle = (share - .25) * 2 * Math.PI;
  const [x, y] = [CENTRE + Math.cos(angle) * (RADIUS + 38), CENTRE + Math.sin(angle) * (RADIUS + 38) - 4];
  return svg("text", {class: kind, x, y, "text-anchor": share > .5 ? "end" : "start"}, words);
}
