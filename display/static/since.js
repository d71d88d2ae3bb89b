// Timers that count on a board: `since(iso)` makes one, and one beat a second moves them all on the hall's clock.

import {element} from "shared/dom.js";
import {countText, secondsSince} from "shared/time.js";

const BEAT = 1000; // ms

/** A counting time; plus writes "+" before it. Empty where the moment is unknown. */
export function since(iso, now, plus = false) {
  if (!iso) return null;
  return element`<time class="num" data-since="${iso}" data-plus="${plus}">${words(iso, now, plus)}</time>`;
}

/** Moves every timer below root. */
export function keepCounting(root, clock) {
  setInterval(() => {
    for (const timer of root.querySelectorAll("[data-since]")) {
      const text = words(timer.dataset.since, clock.now(), "plus" in timer.dataset);
      if (timer.textContent !== text) timer.textContent = text;
    }
  }, BEAT);
}

function words(iso, now, plus) {
  return (plus ? "+" : "") + countText(secondsSince(iso, now));
}
