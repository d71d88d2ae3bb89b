// How the name of a queue is set on a wall: where it may be broken, and how large it can be.

import {element} from "shared/dom.js";

const SEAMS = /(?<=[”、])|(?<!^)(?=[“与和及])/; // where a long name may be broken without tearing a word

/** The pieces of a name that should stay on one line each, as elements: “办不成事” · 反映, 企业开办 · 与市场准入. */
export function pieces(name) {
  return name.split(SEAMS).map((piece) => element`<span class="piece">${piece}</span>`);
}

/** "short", "long" or "longest": how many characters a heading must hold, so that the style sheet can choose its size. */
export function nameLength(name) {
  if (name.length <= 5) return "short";
  return name.length <= 8 ? "long" : "longest";
}
