// <call-hero>: the newest call, as the ticket itself. Yellow while the person is awaited at the window, and only then.

import {html, element, patch, define} from "shared/dom.js";
import {icon} from "shared/icons.js";
import {splitName} from "shared/place.js";
import {flagWords} from "./call-flags.js";

const CALLED = {sign: "sound", word: "请", english: "Now calling"};
const PAST = {sign: "clock", word: "刚刚叫过", english: "Last called"};

class CallHero extends HTMLElement {
  /** call: a row of the picture; isNew: blink; awaited: the window still waits for this person; elsewhere: {name, route} of
   *  a zone that is not this screen's, or null; queueName: the name of the call's queue in the hall file. */
  show(call, {isNew, awaited, elsewhere, queueName}) {
    const {sign, word, english} = awaited ? CALLED : PAST;
    const kind = `slip hero ${awaited ? "called" : ""} ${isNew ? "is-new" : ""}`;
    patch(this, html`
      <div class="${kind}" data-key="${call.id}" data-length="${call.number.length}">
        <div class="head">
          <p class="lead">${icon(sign)}${word}<span class="en" lang="en">${english}</span><span class="tags">${tags(call, queueName)}</span></p>
          <p class="number"><span class="num cap">${call.number}</span></p>
        </div>
        <p class="to">到<span class="plate num">${call.window}</span>号窗口${elsewhere && way(elsewhere)}</p>
      </div>`);
  }

  /** Nobody is called: say what the hall is doing, large. words: {sign, word, text}. */
  rest({sign, word, text}) {
    patch(this, html`<div class="nobody" data-key="nobody">${icon(sign)}<p>${word}</p><p>${text}</p></div>`);
  }
}

function tags(call, queueName) {
  const words = [...flagWords(call.flags), splitName(queueName).name];
  return words.map((word) => element`<span class="tag">${word}</span>`);
}

function way({name, route}) {
  return element`<span class="way"><span>${name}</span><span>${route}</span></span>`;
}

define("call-hero", CallHero);
