/* The morning self-check (开门前自检, W8): all devices are tried at once, the clerk may correct what was found, Enter files it. */

import {ask} from "./ask.js";
import {DEVICES, rememberPrinter, tests} from "./equipment.js";

const STATES = [["ok", "正常"], ["fault", "有故障"], ["absent", "未配备"]];

/** The body of `self-check`, or null. live: for the round trip of the news. */
export async function askSelfCheck({number}, live) {
  const found = {};
  const touched = new Set();
  const answer = await ask({
    title: `${number} 号窗口设备自检`, icon: "shield", wide: true, pairs: true,
    intro: "正在逐一测试，不对的可以改。结果登记后管理员能看到。",
    groups: () => Object.keys(DEVICES).map((device) => ({
      name: device, legend: `${DEVICES[device]}　${found[device] ?? "正在测试…"}`, chosen: "", tight: true,
      options: STATES.map(([value, label]) => ({value, label})),
    })),
    onInput: (_, input) => touched.add(input.name),
    onOpen: (values, redraw) => testAll(number, live, (device, result) => {
      found[device] = result.found;
      if (!touched.has(device)) values[device] = result.state;
      redraw();
    }),
    blocked: (values) => Object.keys(DEVICES).some((device) => !values[device]),
    submit: (values) => (Object.keys(DEVICES).some((device) => !values[device]) ? "正在测试，请稍候" : summary(values)),
  });
  if (!answer) return null;
  rememberPrinter(answer.printer);
  return {results: Object.fromEntries(Object.keys(DEVICES).map((device) => [device, answer[device]]))};
}

function testAll(number, live, tell) {
  for (const [device, test] of Object.entries(tests(number, live))) {
    test().then((result) => tell(device, result), (error) => tell(device, {state: "fault", found: error.message}));
  }
}

function summary(values) {
  const faults = Object.keys(DEVICES).filter((device) => values[device] === "fault");
  return faults.length ? `登记：${faults.map((device) => DEVICES[device]).join("、")}有故障` : "登记：设备正常";
}
