/* A form on paper (C12): filled from ticket, item, window and hall; what the clerk writes or ticks stands in every copy at once.
   Nothing of it is kept or sent: the page asks who is signed in and what the hall looks like, and that is all it asks. */

import {fetchJson} from "shared/command.js";
import {onAction} from "shared/dom.js";
import {clockText} from "shared/time.js";
import {fillMaterials, addMaterial, dropMaterial} from "./form-materials.js";

const hall = JSON.parse(document.getElementById("hall").textContent);
const asked = new URLSearchParams(location.search);
const title = document.querySelector("h1").textContent;
const all = (selector) => document.querySelectorAll(selector);

/* ── From the hall to the paper ────────────────────────────────────────── */

async function start() {
  makeWritable(document);
  fill("phone", hall.consult_phone);
  fill("complaint", hall.complaint_phone);
  try {
    const session = await fetchJson("session");
    const picture = await fetchJson("picture?view=caller");
    fill("clerk", session.staff);
    date(picture.now);
    about(ticketOf(picture), ownWindow(picture, session));
  } catch (error) {
    tell(error.status === 401 ? "请先在叫号台登录，再打印。空白处可以打印后手写。" : error.message);
    blankMaterials();
  }
}

/** The ticket as the hall shows it to staff; one that is done is no longer there, and the address says what it was. */
function ticketOf(picture) {
  const row = picture.tickets.find((each) => each.id === asked.get("ticket"));
  if (row) return row;
  return {number: asked.get("number"), item: asked.get("item"), window: Number(asked.get("window")) || null, issued_at: null};
}

function ownWindow(picture, {staff}) {
  return picture.windows.find((row) => row.clerk === staff)?.number ?? null;
}

function about(ticket, own) {
  const item = hall.items.find((each) => each.code === ticket.item);
  const window = ticket.window ?? own;
  fill("item", item?.name);
  put("[data-number]", ticket.number ?? "");
  put("[data-window]", window ? `${window} 号窗口` : "");
  document.title = [title, ticket.number].filter(Boolean).join(" ");
  const known = [ticket.number && `号码 ${ticket.number}`, item?.name, window && `${window} 号窗口`, ticket.issued_at && `${clockText(ticket.issued_at)} 取号`];
  tell(known.filter(Boolean).join("，") || "没有找到这个号，请手工填写。");
  if (item?.materials.length) fillMaterials(item.materials);
  else blankMaterials();
}

function blankMaterials() {
  fillMaterials(["", "", ""]);
}

function date(iso) {
  const [year, month, day] = iso.slice(0, 10).split("-").map(Number);
  put("[data-year]", year);
  put("[data-month]", month);
  put("[data-day]", day);
}

function fill(name, text) {
  if (text) put(`[data-blank="${name}"], [data-copy="${name}"]`, text);
}

function put(selector, text) {
  for (const place of all(selector)) place.textContent = text;
}

function tell(text) {
  put("[data-about]", text);
}

/* ── From the clerk's hand to every copy ───────────────────────────────── */

function makeWritable(root) {
  for (const blank of root.querySelectorAll(".blank")) {
    blank.setAttribute("contenteditable", "plaintext-only");
    blank.style.setProperty("--em", blank.dataset.em);
  }
}

function written({target}) {
  const name = target.dataset?.blank;
  if (!name) return;
  for (const twin of all(`[data-blank="${name}"], [data-copy="${name}"]`)) if (twin !== target) twin.textContent = target.textContent;
}

function ticked(box) {
  const now = box.getAttribute("aria-checked") !== "true";
  for (const twin of all(`[data-box="${box.dataset.box}"]`)) twin.setAttribute("aria-checked", String(now));
}

function pressed(event) {
  if (event.key === "Escape") leave();
  if (event.target.matches(".blank") && event.key === "Enter" && !event.target.matches(".tall")) event.preventDefault();
  if (event.target.matches(".box") && [" ", "Enter"].includes(event.key)) {
    event.preventDefault();
    ticked(event.target);
  }
}

/** Back to the desk: the tab was opened by it, or it lies one step back. */
function leave() {
  if (window.opener) window.close();
  else location.assign("/caller");
}

document.addEventListener("input", written);
document.addEventListener("keydown", pressed);
document.addEventListener("click", ({target}) => { const box = target.closest(".box-item")?.querySelector(".box"); if (box) ticked(box); });
onAction(document, {print: () => window.print(), leave, add: addMaterial, drop: dropMaterial});
start();
