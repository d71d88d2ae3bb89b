/* The tests of the morning self-check (W8, clause 4.2.1.2 a): each really tries its device and says what it found.
   A test gives {state: "ok" | "fault" | "absent", found: "what was seen"}. */

import {command, fetchJson} from "shared/command.js";

const SLOW_MS = 1_000;                       // a round trip longer than this is felt
const CLOCK_WITHIN_MS = 2_000;
const HEARD_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 500;
const PRINTER = "caller.printer";            // what the clerk said last: a machine keeps its printer

export const DEVICES = {console: "叫号台", screen: "窗口屏", voice: "语音", evaluator: "评价器", printer: "打印机", clock: "时钟"};

/** Device → its test for this window. */
export function tests(number, live) {
  return {
    console: () => testConsole(number, live),
    screen: () => testScreen(number),
    voice: () => testVoice(number),
    evaluator: async () => ({state: "absent", found: "本窗口未接评价器"}),
    printer: async () => ({state: localStorage.getItem(PRINTER) ?? "absent", found: "请看一下有没有纸、能不能打印"}),
    clock: () => testClock(number),
  };
}

export function rememberPrinter(state) {
  localStorage.setItem(PRINTER, state);
}

async function testConsole(number, live) {
  const began = performance.now();
  await fetchJson(`windows/${number}/equipment`);
  const http = Math.round(performance.now() - began);
  const socket = await live.roundTrip();
  if (socket === null) return {state: "fault", found: "实时通道没有回应"};
  return {state: Math.max(http, socket) < SLOW_MS ? "ok" : "fault", found: `往返 ${http} 毫秒，实时 ${Math.round(socket)} 毫秒`};
}

async function testScreen(number) {
  const {screen} = await fetchJson(`windows/${number}/equipment`);
  return screen.alive ? {state: "ok", found: "已连接，画面实时"} : {state: "fault", found: "没有收到窗口屏的信号"};
}

/** A sentence that calls nobody, said in the zone; heard when its loudspeaker tells so. */
async function testVoice(number) {
  const {voice} = await fetchJson(`windows/${number}/equipment`);
  if (!voice.zone) return {state: "absent", found: "本区没有广播"};
  if (!voice.loudspeaker) return {state: "fault", found: "本区的主屏没有接通声音"};
  const {asked_at: asked} = await command(`windows/${number}/test-call`);
  const until = performance.now() + HEARD_WITHIN_MS;
  while (performance.now() < until) {
    await new Promise((wake) => setTimeout(wake, LOOK_EVERY_MS));
    const {voice: {tested_at: heard}} = await fetchJson(`windows/${number}/equipment`);
    if (heard && Date.parse(heard) >= Date.parse(asked)) return {state: "ok", found: "测试语音已播完"};
  }
  return {state: "fault", found: "10 秒内没有播出测试语音"};
}

/** This machine's clock against the server's, half a round trip aside. */
async function testClock(number) {
  const began = Date.now();
  const {machine_now: told} = await fetchJson(`windows/${number}/equipment`);
  const ended = Date.now();
  const apart = Math.abs(Date.parse(told) - (began + ended) / 2);
  const words = apart < 100 ? "与服务器一致" : `与服务器相差 ${(apart / 1000).toFixed(1)} 秒`;
  return {state: apart < CLOCK_WITHIN_MS ? "ok" : "fault", found: words};
}
