// The flags of a ticket that a wall may show: how it came into line, never who it is.

const WORDS = {appointment: "预约", priority: "优先"};

export function flagWords(flags) {
  return flags.filter((flag) => flag in WORDS).map((flag) => WORDS[flag]);
}
