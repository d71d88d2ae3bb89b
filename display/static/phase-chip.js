// The time of day as a chip for a board's head; nothing while the hall is simply open.

import {element} from "shared/dom.js";
import {icon} from "shared/icons.js";
import {clockText} from "shared/time.js";

const CHIPS = {
  before_open: {kind: "closed", sign: "clock", word: "未到开放时间"},
  closing_soon: {kind: "warn", sign: "clock", word: "临近下班"},
  lunch: {kind: "closed", sign: "clock", word: "午间休息"},
  after_hours: {kind: "after", sign: "moon", word: "延时服务"},
  closed: {kind: "closed", sign: "closed", word: "今天已结束"},
};

export function phaseChip({phase, phase_until: until}) {
  const chip = CHIPS[phase];
  return chip ? element`<span class="${`state ${chip.kind}`}">${icon(chip.sign)}${chip.word}${until && `，至 ${clockText(until)}`}</span>` : null;
}
