// The acts of the board by name, as buttons give them in data-action with data-id. They are for area leads and the manager; everybody else
// watches. Every refusal is told in words, every success too.

import {CommandError} from "shared/command.js";
import * as hallActs from "./hall-acts.js";
import * as staffing from "./staffing-acts.js";
import * as windowActs from "./window-acts.js";
import {showWindow} from "./window-dialog.js";

const LEADS = new Set(["area_lead", "manager"]);

export function mayAct(session) {
  return LEADS.has(session?.role);
}

const ACTS = {
  acknowledge: (context, id) => windowActs.acknowledge(context, Number(id)),
  relief: (context, id) => windowActs.sendRelief(context, Number(id)),
  closure: (context, id) => windowActs.fileClosure(context, id ? Number(id) : undefined, overdue(context, id) ? "离岗超时" : undefined),
  approve: windowActs.approveClosure,
  withdraw: windowActs.withdrawClosure,
  lend: (context, id) => windowActs.lendWindow(context, Number(id)),
  "lend-to": (context, id) => windowActs.lendWindow(context, undefined, id),
  "take-back": (context, id) => windowActs.takeBack(context, Number(id)),
  "put-first": hallActs.putFirst,
  "move-queue": hallActs.moveQueue,
  "take-incident": hallActs.takeIncident,
  "close-incident": hallActs.closeIncident,
  "report-incident": hallActs.reportIncident,
  evacuate: hallActs.beginEvacuation,
  "end-evacuation": hallActs.endEvacuation,
  staffing: staffing.fileLeave,
  "withdraw-leave": staffing.withdrawLeave,
};

/** For onAction: contextOf() gives {picture, hall, clock, session} as it is at the press; said(words, failed) tells the outcome. */
export function boardActs(contextOf, said) {
  const doing = (act) => async ({dataset}) => {
    try {
      const words = await act(contextOf(), dataset.id);
      if (words) said(words, false);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      said(error.message, true);
    }
  };
  const panel = ({dataset}) => showWindow(contextOf(), Number(dataset.number), mayAct(contextOf().session));
  return {...Object.fromEntries(Object.entries(ACTS).map(([name, act]) => [name, doing(act)])), window: panel};
}

function overdue({picture}, id) {
  return picture.windows.some(({number, overrun}) => overrun && number === Number(id));
}
