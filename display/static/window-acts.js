// What a lead or the manager does about one window: answer an absence, send somebody, file a closure, lend it to a queue.
// Each act asks what it has to, sends the command, and gives the words that tell what was done (null: somebody left the question).
// context: {picture, hall, clock}.

import {command} from "shared/command.js";
import {splitName} from "shared/place.js";
import {clockText} from "shared/time.js";
import {askBoard} from "./board-question.js";

const options = (values) => values.map((value) => ({value, label: value}));
const OTHER = "其他";

export async function acknowledge(_, number) {
  await command(`windows/${number}/acknowledge`);
  return `${number} 号窗口的报备已知悉`;
}

/** Somebody who has no window now takes over; the desk and this board then show whom. */
export async function sendRelief(context, number) {
  const free = freeStaff(context);
  const row = rowOf(context, number);
  const values = await askBoard({
    title: `派人到 ${number} 号窗口补岗`, sign: "people", submit: "派去补岗",
    intro: free.length ? `${row.clerk ?? "窗口"} 的叫号台会显示谁来接替，本人到窗口输入自己的密码接手` : "现在没有空着的窗口人员，可以改为备案关闭",
    fields: free.length ? [{kind: "choice", name: "staff", label: "派谁去", options: free}] : [],
    send: async ({staff}) => { await command(`windows/${number}/ask-relief`, {staff}); return staff; },
  });
  return values && `已派 ${values} 到 ${number} 号窗口补岗`;
}

/** Clerks who are at no window and not on leave; those without a window of their own first. */
function freeStaff({picture, hall}) {
  const busy = new Set([...picture.windows.flatMap(({clerk, relief_asked: sent}) => [clerk, sent]), ...(picture.staffing?.on_leave ?? [])]);
  const own = new Map(hall.windows.map(({number, default_staff: staff}) => [staff, number]));
  const free = (picture.staff ?? []).filter(({id, role}) => role === "clerk" && !busy.has(id));
  const said = ({id}) => ({value: id, label: id, note: own.has(id) ? `平时在 ${own.get(id)} 号窗口` : "机动补岗"});
  return [...free.filter(({id}) => !own.has(id)), ...free.filter(({id}) => own.has(id))].map(said);
}

/** Reason, until when, and where the staff go (3.2.4). A window that is paused is closed with it: its absence ends. */
export async function fileClosure(context, number, reason) {
  const {hall, clock} = context;
  const row = number && rowOf(context, number);
  const begins = minuteOf(clock.iso());
  const made = await askBoard({
    title: number ? `备案关闭 ${number} 号窗口` : "备案关闭窗口", sign: "closed", submit: "备案并批准",
    intro: row?.pause ? "备案后这次离岗随之结束，窗口人员在关闭开始时退出上岗" : "到时窗口屏、取号机和等候的号码自动跟着变；在办的号码办完才关",
    fields: [
      !number && {kind: "select", name: "window", label: "窗口", options: context.picture.windows.map(windowOption)},
      {kind: "choice", name: "reason", label: "原因", options: options(hall.closure_reasons), value: reason},
      {kind: "moment", name: "begins", label: "从", value: begins},
      {kind: "moment", name: "ends", label: "到", value: endOfDay(hall, clock)},
      {kind: "choice", name: "staff_to", label: "人员去向", options: options(hall.staff_destinations)},
    ].filter(Boolean),
    send: (values) => command("closures", {
      window: number ?? Number(values.window), reason: values.reason, staff_to: values.staff_to, ends_at: moment(values.ends, clock),
      ...(values.begins === begins ? {} : {begins_at: moment(values.begins, clock)}),
    }),
  });
  return made && `${made.closure.window} 号窗口已备案关闭，至 ${clockText(made.closure.ends_at)}`;
}

export async function approveClosure(context, id) {
  const {closure} = await command(`closures/${id}/approve`);
  return `已批准 ${closure.window} 号窗口的关闭备案`;
}

/** A closure that does not take place, or ends now. */
export async function withdrawClosure({picture}, id) {
  const row = picture.closures.find((closure) => closure.id === id);
  const running = row?.state === "running";
  const done = await askBoard({
    title: running ? `结束 ${row.window} 号窗口的关闭` : `撤回 ${row?.window} 号窗口的关闭备案`, sign: "undo", submit: running ? "现在结束" : "撤回备案",
    intro: running ? "窗口可以马上重新上岗，台账记下实际时间" : "窗口照常开放，申请人可以重新报备",
    send: () => command(`closures/${id}/withdraw`),
  });
  return done && `${row.window} 号窗口的关闭备案已${running ? "结束" : "撤回"}`;
}

/** A window also serves another queue; number or queue may be given. */
export async function lendWindow(context, number, queue) {
  const {picture, hall} = context;
  const served = number ? rowOf(context, number).queues : [];
  const queues = hall.queues.filter(({prefix}) => !served.includes(prefix));
  const lent = await askBoard({
    title: number ? `${number} 号窗口支援其他队列` : `给 ${queue} 队列借一个窗口`, sign: "swap", submit: "借出",
    intro: "原有队列照常办理，随时可以收回",
    fields: number
      ? [{kind: "select", name: "queue", label: "支援哪个队列", value: queue, options: queues.map((row) => queueOption(row, picture))}]
      : [{kind: "select", name: "window", label: "哪个窗口", options: picture.windows.filter((row) => canHelp(row, queue)).map(windowOption)}],
    send: async (values) => {
      const [window, to] = [number ?? Number(values.window), queue ?? values.queue];
      await command(`windows/${window}/lend`, {queue: to});
      return {window, to};
    },
  });
  return lent && `${lent.window} 号窗口现在也办理 ${lent.to} 队列`;
}

export async function takeBack(_, number) {
  await command(`windows/${number}/lend`, {queue: null});
  return `${number} 号窗口已恢复原来的队列`;
}

/* ── Internal ──────────────────────────────────────────────────────────── */

function rowOf({picture}, number) {
  return picture.windows.find((row) => row.number === number);
}

function canHelp({state, queues, lent = []}, queue) {
  return ["open", "calling", "serving"].includes(state) && !queues.includes(queue) && !lent.includes(queue);
}

function windowOption({number, queues, clerk}) {
  return {value: number, label: `${number} 号（${queues.join("、") || OTHER}${clerk ? `，${clerk}` : "，未开"}）`};
}

function queueOption({prefix, name}, {queues}) {
  const waiting = queues.find(({id}) => id === prefix)?.waiting ?? 0;
  return {value: prefix, label: `${prefix} ${splitName(name).name}（等候 ${waiting} 人）`};
}

/** "2026-11-24T10:04", as a field for date and time wants it. */
function minuteOf(iso) {
  return iso.slice(0, 16);
}

/** The same as a moment of the hall, with its offset. */
function moment(minute, clock) {
  return `${minute}:00${clock.iso().slice(19)}`;
}

/** When the hall closes today, or in an hour when it has. */
function endOfDay({hours}, clock) {
  const closes = hours.today.at(-1)?.closes;
  const end = closes && `${clock.iso().slice(0, 10)}T${closes}`;
  return end > minuteOf(clock.iso()) ? end : minuteOf(clock.iso(clock.now() + 3_600_000));
}
