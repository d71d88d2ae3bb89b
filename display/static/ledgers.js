// The ledgers of a hall (S2): choose one, from when to when, whose window; read, print or take away as a table.

import {fetchJson, identify, remove} from "shared/command.js";
import {element, html, onAction, patch} from "shared/dom.js";
import {icon} from "shared/icons.js";
import {HallClock} from "shared/time.js";
import "./board-sign-in.js";
import {LEDGERS} from "./ledger-columns.js";

const part = (name) => document.querySelector(name);
const hall = JSON.parse(part("#hall").textContent);
const clock = new HallClock();
const asked = new URLSearchParams(location.search);
let rows = [];
let newest = 0; // of the questions to the server: a slow answer never overwrites a newer one

/* ── Who is looking ────────────────────────────────────────────────────── */

async function open() {
  clock.tell(hall.clock);
  fillFilters();
  try {
    await read();
  } catch (error) {
    if (![401, 403].includes(error.status)) return tell(error.message);
    await signIn(error.status === 403 ? error.message : "");
  }
}

async function signIn(problem) {
  part("#ledger").hidden = true;
  const session = await part("board-sign-in").ask(problem);
  identify({csrf: session.csrf});
  await open();
}

async function signOut() {
  const {csrf} = await fetchJson("session");
  identify({csrf});
  await remove("session");
  location.reload();
}

/* ── The filters ───────────────────────────────────────────────────────── */

function fillFilters() {
  const today = clock.iso().slice(0, 10);
  const form = part("form.filters");
  patch(part("#choices"), html`${Object.entries(LEDGERS).map(([id, {name}]) => html`<label class="tab"><input type="radio" name="ledger" value="${id}"
    checked=${id === (asked.get("ledger") ?? "attendance")}><span>${name}</span></label>`)}`);
  for (const name of ["from", "to"]) form.elements[name].value ||= asked.get(name) ?? today;
}

function chosen() {
  const form = new FormData(part("form.filters"));
  const name = form.get("ledger") in LEDGERS ? form.get("ledger") : "attendance";
  return {name, from: form.get("from"), to: form.get("to"), window: form.get("window").trim(), clerk: form.get("clerk").trim()};
}

/* ── Reading and drawing ───────────────────────────────────────────────── */

async function read() {
  const {name, from, to} = chosen();
  const question = ++newest;
  const query = new URLSearchParams({from, to});
  const answer = await fetchJson(`ledgers/${name}?${query}`);
  if (question !== newest) return;
  rows = answer.rows;
  history.replaceState(null, "", `?${new URLSearchParams({ledger: name, from, to})}`);
  part("#csv").href = `/api/v1/ledgers/${name}.csv?${query}`;
  part("#ledger").hidden = false;
  draw();
}

function draw() {
  const {name, from, to, window, clerk} = chosen();
  const {columns, marks, name: title} = LEDGERS[name];
  const shown = rows.filter((row) => fits(row, window, clerk));
  const marked = shown.some((row) => marks(row).length);
  const heads = [...(marked ? ["情况"] : []), ...columns.map(([head]) => head)];
  part("#title").textContent = `${title}台账`;
  part("#period").textContent = `${hall.short_name}，${from === to ? from : `${from} 至 ${to}`}，${shown.length} 条`;
  patch(part("#rows"), shown.length ? element`<table aria-labelledby="title"><thead><tr>${heads.map((head) => element`<th scope="col">${head}</th>`)}</tr></thead>
    <tbody>${shown.map((row) => element`<tr>${marked && element`<td class="marks">${marks(row).map(mark)}</td>`}
      ${columns.map(([, value]) => element`<td>${value(row, hall)}</td>`)}</tr>`)}</tbody></table>` : element`<p class="none">${icon("check")}这段时间没有记录</p>`);
  tell("");
}

/** A window by its number, a member of staff by the end of the number: "3" is 工号003. */
function fits(row, window, clerk) {
  const people = [row.clerk, row.by, row.filed_by, row.reporter, row.taken_by].filter(Boolean);
  const place = row.window ?? row.place ?? "";
  return (!window || String(place) === window) && (!clerk || people.some((one) => one.endsWith(clerk)));
}

function mark({level, sign, word}) {
  return element`<span class="mark ${level}">${icon(sign)}${word}</span>`;
}

function tell(words) {
  part("#problem").textContent = words;
}

async function changed({target}) {
  if (["window", "clerk"].includes(target.name)) return draw();
  if (!part("form.filters").reportValidity()) return;
  try {
    await read();
  } catch (error) {
    if (error.status === 401) await signIn("登录已到期，请重新登录");
    else tell(error.message);
  }
}

part("form.filters").addEventListener("input", changed);
part("form.filters").addEventListener("submit", (event) => event.preventDefault());
onAction(document.body, {print: () => print(), "sign-out": signOut});
open();
