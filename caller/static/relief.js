/* Relief (补岗, clause 3.2.3): another clerk takes this window over with their own password; it stays open, with whoever is
   being served. The page goes on as the new clerk. */

import {command, fetchJson} from "shared/command.js";
import {ask} from "./ask.js";
import {fullStaff} from "./facts.js";

const SEND = "send";

/** Asks who takes over, until they are in, or the clerk leaves. Gives the new session; {send: true} when the lead is to send
 *  somebody; or null. hands(on) is told while the session changes hands. */
export async function relieve({number, hall}, hands) {
  let problem = null;
  for (;;) {
    const answer = await ask(question({number, hall, problem}));
    if (!answer) return null;
    if (answer.offer === SEND) return {send: true};
    problem = "请填写接替人的工号和密码。";
    if (!answer.staff || !answer.password) continue;
    try {
      return await takeOver(number, {staff: fullStaff(answer.staff, hall), password: answer.password}, hands);
    } catch (error) {
      if (!(error.status >= 0)) throw error;           // a fault of this page, not an answer
      problem = error.message;
    }
  }
}

function question({number, problem}) {
  return {
    title: `${number} 号窗口补岗`, icon: "people", problem,
    intro: "接替的人输入自己的工号和密码，窗口不停，正在办理的继续办理。",
    fields: [
      {name: "staff", label: "接替人工号", hint: "例如 43", max: 16},
      {name: "password", label: "接替人密码", max: 128, secret: true},
    ],
    offers: [{value: SEND, key: "F2", icon: "help", label: "请区域负责人派人", note: "窗口照常，等人到了再接替"}],
    submit: ({staff}) => (staff ? `${staff} 接替本窗口` : "接替本窗口"),
  };
}

async function takeOver(number, who, hands) {
  hands(true);
  try {
    await command(`windows/${number}/relieve`, who);
    return await fetchJson("session");
  } finally {
    hands(false);
  }
}
