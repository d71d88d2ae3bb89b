// What may be done about an entry of 要处理: the name of an act (see board-acts.js), its label and what it is about.

const about = (act, label, sign) => ({act, label, sign});
const RELIEF = about("relief", "派人补岗", "people");
const CLOSE = about("closure", "备案关闭", "closed");

const ACTS = {
  over: () => [RELIEF, CLOSE],
  near: () => [RELIEF, CLOSE],
  pause: () => [about("acknowledge", "报备已知悉", "check"), RELIEF],
  stranded: () => [about("move-queue", "改到其他队列", "swap"), about("lend-to", "借窗口支援", "plus")],
  queue: () => [about("lend-to", "借窗口支援", "plus")],
  incident: ({state}) => (state === "open" ? [about("take-incident", "我去处理", "right")] : [about("close-incident", "处置完毕", "check")]),
  closure: () => [about("approve", "批准", "check"), about("withdraw", "撤回", "x")],
};

/** [{act, label, sign, id}] for an entry of attention(); its key says what it is: "over-19", "stranded-K". */
export function actsOf(entry) {
  const cut = entry.key.indexOf("-");
  const id = entry.key.slice(cut + 1);
  return (ACTS[entry.key.slice(0, cut)]?.(entry) ?? []).map((act) => ({...act, id}));
}
