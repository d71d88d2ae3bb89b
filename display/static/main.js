// The main screen of a zone: gets its picture, follows the news, hands each part what it shows, and is the loudspeaker of the zone.

import {showEvacuation} from "shared/evacuation.js";
import {Live} from "shared/live.js";
import {clockText} from "shared/time.js";
import "./screen-head.js";
import "./call-hero.js";
import "./recent-calls.js";
import "./queue-band.js";
import "./notice-line.js";
import {CallStage} from "./call-stage.js";
import {Loudspeaker} from "./loudspeaker.js";
import {phaseWords} from "./phase-words.js";
import {ZoneCalls} from "./zone-calls.js";

const MINUTE = 60 * 1000; // ms; words such as "tomorrow" change without news
const STILL_NEW = 4 * 1000; // ms in which a call stays yellow even when the person is already there
const WELCOME = {sign: "sound", word: "您好，欢迎光临", text: "取号后请在等候区稍作等待，叫到的号码显示在这里"};

const page = document.querySelector("main");
const hall = JSON.parse(document.querySelector("#hall").textContent);
const {screen, zone} = page.dataset;
const part = (name) => page.querySelector(name);

const calls = new ZoneCalls(hall, zone);
const stage = new CallStage(heroChanged);
const queueNames = new Map(hall.queues.map(({prefix, name}) => [prefix, name]));
const shown = new Set(); // ids of calls that the server has been told are on this screen
let hero = {isNew: false, since: 0};

const live = new Live({
  view: "display", screen, audio: true,
  onChange: draw,
  onEstimates: drawQueues,
  onState: stateChanged,
  onAnnounce: (announcement) => speaker.announce(announcement),
  onAudioRole: ({master}) => { document.documentElement.dataset.audioMaster = master; },
  status: () => ({audio_ready: speaker.ready === true}),
});
const speaker = new Loudspeaker({
  tell: (event, data) => live.tell(event, data),
  onReady: (ready) => live.tell("beat", {page: screen, audio_ready: ready}),
});

// Drawing: each part from the picture as it is now

function draw(picture) {
  showEvacuation(picture.evacuation);
  if (calls.take(picture)) stage.clear();
  stage.offer(calls.all);
  drawCalls();
  drawQueues(picture);
  part("notice-line").show(phase(), picture.notices);
}

function drawQueues(picture) {
  const own = picture.queues.filter((queue) => queue.zone === zone);
  part("queue-band").show(own, phase()?.resumes);
}

function drawCalls() {
  const call = stage.current;
  const rest = phase()?.kind === "rest" ? phase() : null;
  if (call && (awaited(call) || !rest)) part("call-hero").show(call, {...hero, awaited: awaited(call), ...placeOf(call)});
  else part("call-hero").rest(rest ?? WELCOME);
  report([call, ...part("recent-calls").show(calls.beside(call))]);
}

/** The time of day in words; its "tomorrow" is counted from now, not from when the picture was made. */
function phase() {
  return phaseWords({...live.picture, now: live.clock.iso()}, hall);
}

function heroChanged(call, isNew) {
  hero = {isNew, since: performance.now()};
  if (!live.picture) return;
  drawCalls();
  if (!isNew) return;
  document.querySelector("#newest-call").textContent = `请${call.number}号到${call.window}号窗口办理`;
  setTimeout(drawCalls, STILL_NEW);
}

/** Does the window still wait for this person? Only then the ticket is yellow. */
function awaited(call) {
  if (hero.isNew && performance.now() - hero.since < STILL_NEW) return true;
  const ticket = live.picture.windows.find(({number}) => number === call.window)?.ticket;
  return ticket?.number === call.number && ticket.state === "called";
}

function placeOf(call) {
  const other = call.zone === zone ? null : hall.zones.find(({id}) => id === call.zone);
  return {queueName: queueNames.get(call.queue) ?? "", elsewhere: other};
}

// Telling the truth

function stateChanged(state) {
  part("live-state").show(state);
  part("notice-line").stale(state === "stale" ? asOf() : null);
  if (state === "connected") drawCalls();
}

function asOf() {
  return live.clock.set ? clockText(live.clock.iso()) : "开机时";
}

/** Proof of announcement: which calls stood on this screen. */
function report(rows) {
  const fresh = rows.filter((call) => call && !shown.has(call.id)).map(({id}) => id);
  if (!fresh.length || document.hidden || live.state !== "connected") return;
  for (const id of fresh) shown.add(id);
  live.tell("shown", {call_ids: fresh});
}

part("hall-clock").run(live.clock);
live.start();
setInterval(() => live.picture && draw(live.picture), MINUTE);
speaker.probe();
