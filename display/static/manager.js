// The manager's board: every window, every queue, and what needs a person now. Everything counts on the hall's clock.

import {fetchJson, identify, remove} from "shared/command.js";
import {onAction} from "shared/dom.js";
import {Live} from "shared/live.js";
import "./screen-head.js";
import "./attention-list.js";
import "./board-sign-in.js";
import "./hall-figures.js";
import "./queue-table.js";
import "./window-plates.js";
import "./board-notice.js";
import {attention} from "./attention.js";
import {boardActs, mayAct} from "./board-acts.js";
import {phaseChip} from "./phase-chip.js";
import {keepCounting} from "./since.js";

const LEAVES = new Set(["LeaveFiled", "LeaveWithdrawn"]); // a picture tells leave and staffing once
const SAID_FOR = 6 * 1000; // ms; what was done stands this long
const REDRAW = 5 * 1000; // ms; minutes and shares move without news

const page = document.querySelector(".panels");
const part = (name) => document.querySelector(name);
let hall = JSON.parse(document.querySelector("#hall").textContent);

const live = new Live({
  view: "manager",
  onChange: changed,
  onEstimates: draw,
  onDevices: draw,
  onState: (state) => part("live-state").show(state),
  onRefused: refused,
});
let started = false;
let session = null;

// Who is looking

async function open() {
  try {
    watch(await fetchJson("session"));
  } catch (error) {
    if (error.unreachable) setTimeout(open, REDRAW);
    else askWho();
  }
}

async function askWho(problem) {
  if (!part("board-sign-in").hidden) return; // somebody is typing
  page.hidden = true;
  part("board-notice").hidden = true;
  part("#who").hidden = true;
  watch(await part("board-sign-in").ask(problem));
}

function watch(who) {
  session = who;
  identify({csrf: session.csrf});
  page.hidden = false;
  part("#who").hidden = false;
  part("#who b").textContent = session.staff;
  if (started) live.restart();
  else live.start();
  started = true;
}

/** The server will not show the board to this account, or its session has ended. */
function refused({status, code, message}) {
  if (status === 401 || code === "not_signed_in" || code === "session_expired") askWho("登录已到期，请重新登录");
  else if (status === 403 || code === "not_allowed") askWho(message ?? "这个账号不能查看大厅总览，请换一个账号");
}

async function signOut() {
  await remove("session");
  location.reload(); // with its news: they were for the one who has left
}

// Drawing

function changed(picture, news) {
  if (news?.changed.hall) refreshHall();
  if (LEAVES.has(news?.kind)) live.refetch();
  draw(picture);
}

/** Which windows are planned changes with the time of day. */
async function refreshHall() {
  hall = await fetchJson("hall");
  draw();
}

function draw(picture = live.picture) {
  if (!picture || page.hidden) return;
  const now = live.hallNow();
  part("hall-figures").show(picture, now);
  part("#phase").replaceChildren(phaseChip(picture) ?? "");
  part("window-plates").show(picture, hall, now);
  part("queue-table").show(picture.queues, now);
  const entries = attention(picture, hall, now);
  const acts = mayAct(session);
  part("attention-list").show(entries, now, acts);
  part("board-notice").show({entries, picture, session, acts, now});
}

// What is done from the board

function said(words, failed) {
  const place = part("#said");
  place.textContent = words;
  place.className = failed ? "said failed" : "said";
  clearTimeout(said.timer);
  said.timer = setTimeout(() => { place.textContent = ""; }, SAID_FOR);
}

const notices = {
  read: ({dataset}) => { part("board-notice").read(dataset.id); draw(); },
  sound: () => { part("board-notice").toggleSound(); draw(); },
};

part("hall-clock").run(live.clock);
keepCounting(document.body, live.clock);
onAction(document.body, {"sign-out": signOut, ...notices, ...boardActs(() => ({picture: live.picture, hall, clock: live.clock, session}), said)});
setInterval(() => draw(), REDRAW);
open();
