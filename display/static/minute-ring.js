// A ring of minutes: one piece for each minute of the pause, those still to come are bright. It says in a glance what the
// time beside it says exactly.

import {element} from "shared/dom.js";

const PIECES = 30; // more would be a blur at six metres
const DASH = "0.84 0.16 "; // a piece and the gap behind it

/** left and total in whole minutes. */
export function minuteRing(left, total) {
  const whole = Math.max(total, left, 1);
  const pieces = Math.min(whole, PIECES);
  const bright = Math.min(Math.ceil((left / whole) * pieces), pieces);
  const ring = element`<svg class="ring" viewBox="0 0 170 170" aria-hidden="true">
    <circle class="track" cx="85" cy="85" r="70" fill="none" stroke-width="20" transform="rotate(-90 85 85)"/>
    <circle class="left" cx="85" cy="85" r="70" fill="none" stroke-width="20" transform="rotate(-90 85 85)"/>
    <text x="85" y="98" text-anchor="middle" font-size="46">${left}</text>
    <text x="85" y="124" text-anchor="middle" font-size="22">分钟</text></svg>`;
  const dashes = {track: DASH, left: `${DASH.repeat(bright)}0 ${pieces}`};
  for (const [name, dash] of Object.entries(dashes)) {
    const circle = ring.querySelector(`.${name}`);
    circle.setAttribute("pathLength", pieces);
    circle.setAttribute("stroke-dasharray", dash);
  }
  return ring;
}
