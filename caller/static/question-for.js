/* Which question a key of the desk asks before its command. */

import {askHelp, askIncident} from "./incident-question.js";
import {askPause} from "./pause-question.js";
import {askCall, askGiveBack, askHold, askMiss, askOutcome, askReady, askSignOff} from "./questions.js";
import {askSelfCheck} from "./self-check.js";
import {askTransfer} from "./transfer-question.js";
import {askWalkIn} from "./walk-in.js";

const QUESTIONS = {
  "finish": (facts) => askOutcome(facts, false),
  "finish-next": (facts) => askOutcome(facts, true),
  "miss": askMiss,
  "give-back": askGiveBack,
  "hold": (facts, {clock}) => askHold(facts, clock),
  "ready": askReady,
  "transfer": askTransfer,
  "pause": (facts, {clock}) => askPause(facts, clock),
  "call": askCall,
  "walk-in": askWalkIn,
  "sign-off": askSignOff,
  "self-check": askSelfCheck,
  "help": askHelp,
  "incident": askIncident,
};

/** The body of the action's command; null when the clerk left; {} for what needs no word more. */
export async function questionFor(action, facts, live) {
  return action in QUESTIONS ? QUESTIONS[action](facts, live) : {};
}
