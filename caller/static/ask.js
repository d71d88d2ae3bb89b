/* Questions to the clerk: a <dialog> with groups of choices and fields. Focus stays inside, Esc leaves, Enter confirms.
   Digits (or the letters of queues) choose; where there is only one group, the digit also confirms.

     const answer = await ask({title, icon, groups: [{name, legend, options: [{value, label, key}], chosen}],
                               fields: [{name, label, hint, when, value, secret, list}], switches: [{name, label, checked}],
                               offers: [{value, key, icon, label, note}], submit: (values) => "办结", aside: (values) => html`…`});
     // {reason: "…", …}; {offer: value} when one of the other ways was taken; null when the clerk left

   groups may be a function of the values, drawn again every second, for choices that tell the time. onOpen gets the values and a
   function that draws again; while blocked(values) is true, Enter does nothing. */

import {html, patch} from "shared/dom.js";
import {icon} from "shared/icons.js";
import {singleKeys} from "./keys.js";

const TICK_MS = 1_000;

let open = null;                             // one question at a time

/** True while a question is on the screen; the desk's own keys rest then. */
export function asking() {
  return open?.open ?? false;                // not "until its close event", which comes later than the next key of a quick hand
}

/** Leaves the question, as Esc does: the reason for it has gone. */
export function leave() {
  open?.close();
}

export function ask(question) {
  leave();
  const dialog = document.createElement("dialog");
  dialog.className = `ask${question.aside ? " with-aside" : ""}${question.wide ? " wide" : ""}`;
  dialog.setAttribute("aria-labelledby", "ask-title");
  document.body.append(dialog);
  open = dialog;
  const values = startValues(question);
  draw(dialog, question, values);
  const ticking = typeof question.groups === "function" ? setInterval(() => draw(dialog, question, values), TICK_MS) : null;
  return new Promise((settle) => {
    dialog.addEventListener("input", (event) => {
      take(event.target, values);
      question.onInput?.(values, event.target);
      draw(dialog, question, values);
    });
    dialog.addEventListener("keydown", (event) => pressed(event, dialog, question));
    dialog.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!question.blocked?.(values)) dialog.close("yes");
    });
    dialog.addEventListener("click", (event) => {
      if (event.target.closest("[data-leave]")) dialog.close("");
      const offer = event.target.closest("[data-offer]");
      if (offer) dialog.close(`offer:${offer.dataset.offer}`);
    });
    dialog.addEventListener("close", () => {
      if (open === dialog) open = null;
      clearInterval(ticking);
      dialog.remove();
      settle(answerOf(dialog.returnValue, values));
    });
    question.onOpen?.(values, () => { if (open === dialog) draw(dialog, question, values); });
    dialog.showModal();
    (dialog.querySelector("input[type=radio]:checked") ?? dialog.querySelector("input, [type=submit]")).focus();
  });
}

/* ── Internal ──────────────────────────────────────────────────────────── */

function answerOf(returned, values) {
  if (returned === "yes") return {...values};
  return returned.startsWith("offer:") ? {offer: returned.slice("offer:".length)} : null;
}

function groupsOf({groups = []}, values = {}) {
  return typeof groups === "function" ? groups(values) : groups;
}

function startValues(question) {
  const {fields = [], switches = []} = question;
  const chosen = groupsOf(question).map((group) => [group.name, group.chosen ?? group.options[0]?.value ?? ""]);
  const written = fields.map((field) => [field.name, field.value ?? ""]);
  return Object.fromEntries([...chosen, ...written, ...switches.map((each) => [each.name, each.checked])]);
}

function take(input, values) {
  values[input.name] = input.type === "checkbox" ? input.checked : input.value.trim();
}

/** A digit or letter that stands on a choice chooses it, unless somebody is writing. */
function pressed(event, dialog, question) {
  if (event.repeat && event.key === "Enter") event.preventDefault();      // a key held down must not answer a question
  const offer = dialog.querySelector(`[data-offer][data-press="${CSS.escape(event.key)}"]`);
  const writing = event.target.matches("input:not([type=radio])");
  if (offer && (event.key.length > 1 || (!writing && singleKeys()))) {
    event.preventDefault();
    if (!event.repeat) offer.click();
    return;
  }
  if (writing || event.ctrlKey || event.altKey || event.metaKey || !singleKeys()) return;
  const choice = dialog.querySelector(`input[type=radio][data-key="${CSS.escape(event.key.toUpperCase())}"]`);
  if (!choice) return;
  event.preventDefault();
  choice.checked = true;
  choice.focus();
  choice.dispatchEvent(new Event("input", {bubbles: true}));
  const unwritten = dialog.querySelector("[data-asked-by-choice] input");   // 其他 asks for words before it is an answer
  if (unwritten) unwritten.focus();
  else if (groupsOf(question).filter(hasKeys).length === 1 && !event.repeat) dialog.querySelector("form").requestSubmit();
}

function hasKeys({options}) {
  return options.some((option) => option.key);
}

function draw(dialog, question, values) {
  const {title, icon: drawn, intro, content, fields = [], switches = [], offers = [], submit, aside, phrase} = question;
  const said = phrase?.(values);
  patch(dialog, html`<form method="dialog">
    <div class="ask-main">
      <h2 id="ask-title">${icon(drawn)}${title}</h2>
      ${intro ? html`<p class="intro">${intro}</p>` : ""}
      ${question.problem ? html`<p class="problem" role="alert">${icon("alert")}<span>${question.problem}</span></p>` : ""}
      ${offers.map((offer) => offerOf(offer))}
      ${content?.(values)}
      ${groupsIn(question, values)}
      <div class="fields">${fields.filter((field) => field.when?.(values) ?? true).map((field) => fieldOf(field))}
      ${switches.map(({name, label}) => html`<label class="switch" data-key="${name}"><input type="checkbox" name="${name}" checked=${values[name]}>${label}</label>`)}</div>
      ${said ? html`<p class="phrase"><span class="lbl">可以这样说</span><span>“${said}”</span></p>` : ""}
      <div class="ask-end">
        <button class="btn go" type="submit">${icon(drawn)}<span>${submit(values)}</span><kbd>Enter</kbd></button>
        ${question.cancel === null ? "" : html`<button class="btn" type="button" data-leave>${question.cancel ?? "取消"}<kbd>Esc</kbd></button>`}
      </div>
    </div>
    ${aside ? html`<div class="ask-aside">${aside(values)}</div>` : ""}
  </form>`);
}

function groupsIn(question, values) {
  const groups = groupsOf(question, values).map((group) => groupOf(group, values));
  return question.pairs ? html`<div class="pairs">${groups}</div>` : groups;
}

function offerOf({value, key, icon: drawn, label, note}) {
  return html`<button type="button" class="btn offer" data-offer="${value}" data-press="${key}" data-key="offer-${value}">${icon(drawn)}<span
    class="what">${label}${note ? html`<small>${note}</small>` : ""}</span><kbd aria-hidden="true">${key}</kbd></button>`;
}

function groupOf({name, legend, options, columns = 3, tight}, values) {
  return html`<fieldset class="${tight ? "tight" : ""}" data-key="${name}"><legend>${legend}</legend>
    <div class="options" style=${{"--columns": columns}}>${options.map((option) => html`<label class="btn option" data-key="${option.value}">
      <input type="radio" name="${name}" value="${option.value}" data-key="${option.key ?? false}" checked=${values[name] === option.value}>
      ${option.icon ? icon(option.icon) : ""}${option.disc ? html`<span class="disc" aria-hidden="true">${option.disc}</span>` : ""}
      <span class="what">${option.label}${option.note ? html`<small>${option.note}</small>` : ""}</span>
      ${option.key && !option.disc ? html`<kbd aria-hidden="true">${option.key}</kbd>` : ""}</label>`)}</div></fieldset>`;
}

function fieldOf({name, label, hint, when, numeric, max = 200, pattern, rule, value, secret, list}) {
  const listed = list ? `${name}-listed` : null;
  return html`<label class="field" data-key="${name}" data-asked-by-choice=${Boolean(when)}><span>${label}</span>
    <input type="${secret ? "password" : "text"}" name="${name}" maxlength="${max}" autocomplete="off" value="${value}" list="${listed}"
      inputmode="${numeric ? "numeric" : "text"}" placeholder="${hint ?? ""}" pattern="${pattern}" title="${rule}">
    ${list ? html`<datalist id="${listed}">${list.map((each) => html`<option value="${each.value}">${each.label}</option>`)}</datalist>` : ""}</label>`;
}
