// A question of the board: a <dialog> with fields, sent to the server; a refusal is told in the dialog, which then stays.
//
//   await askBoard({title, sign, intro, fields, submit, danger, send: (values) => command(…)})
//
// fields: {kind: "choice" | "select" | "text" | "moment" | "day", name, label, options: [{value, label, note}], value, required, hint, max}.
// Resolves with what send gave, or null when somebody left. Esc leaves, Enter sends, Tab stays inside.

import {html, element, patch} from "shared/dom.js";
import {icon} from "shared/icons.js";

let count = 0;

export function askBoard(question) {
  const dialog = element`<dialog class="act ${question.danger ? "danger" : ""}" aria-labelledby="act-${++count}"></dialog>`;
  const state = {id: `act-${count}`, problem: "", busy: false};
  document.body.append(dialog);
  draw(dialog, question, state);
  dialog.showModal();
  dialog.querySelector("[autofocus], :checked, input, select, textarea, [type=submit], button")?.focus();
  return new Promise((settle) => {
    let answer = null;
    dialog.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (state.busy) return;
      answer = await sent(dialog, question, state);
      if (answer !== undefined) dialog.close();
    });
    dialog.addEventListener("click", (event) => { if (event.target.closest("[data-leave]")) dialog.close(); });
    dialog.addEventListener("close", () => {
      dialog.remove();
      settle(answer ?? null);
    });
  });
}

/** What the server answered; undefined when it refused, and the dialog says why. */
async function sent(dialog, question, state) {
  Object.assign(state, {busy: true, problem: ""});
  try {
    return (await question.send(valuesOf(dialog))) ?? true;
  } catch (error) {
    Object.assign(state, {busy: false, problem: error.message});
    draw(dialog, question, state);
    return undefined;
  } finally {
    state.busy = false;
  }
}

function valuesOf(dialog) {
  const given = [...new FormData(dialog.querySelector("form"))].map(([name, value]) => [name, value.trim()]);
  return Object.fromEntries(given);
}

function draw(dialog, {title, sign, intro, fields = [], submit, danger}, {id, problem}) {
  patch(dialog, html`<form method="dialog">
    <h2 id="${id}">${icon(sign)}${title}</h2>
    ${intro && html`<p class="intro">${intro}</p>`}
    ${fields.map((field) => KINDS[field.kind](field))}
    <p class="problem" role="alert">${problem && html`${icon("alert")}<span>${problem}</span>`}</p>
    <div class="ends"><button class="key ${danger ? "alarm" : "go"}" type="submit">${submit}</button>
      <button class="key" type="button" data-leave>取消</button></div></form>`);
}

const KINDS = {
  choice: ({name, label, options, value = options[0]?.value}) => html`<fieldset><legend>${label}</legend><div class="options">${options.map((option) => html`
    <label class="option"><input type="radio" name="${name}" value="${option.value}" required checked=${option.value === value}>
      <span>${option.label}${option.note && html`<small>${option.note}</small>`}</span></label>`)}</div></fieldset>`,
  select: ({name, label, options, value}) => html`<label class="field"><span>${label}</span><select name="${name}">${options.map((option) => html`
    <option value="${option.value}" selected=${option.value === value}>${option.label}</option>`)}</select></label>`,
  text: ({name, label, value, hint, required, max = 200}) => html`<label class="field"><span>${label}</span>
    <input name="${name}" value="${value ?? ""}" placeholder="${hint ?? false}" required=${Boolean(required)} maxlength="${max}" autocomplete="off"></label>`,
  moment: ({name, label, value}) => html`<label class="field"><span>${label}</span><input type="datetime-local" name="${name}" value="${value}" required></label>`,
  day: ({name, label, value}) => html`<label class="field"><span>${label}</span><input type="date" name="${name}" value="${value}" required></label>`,
};
