/* Places as people read them. */

/** "3–7", "2、12", "1–2、5": window numbers in order, neighbours drawn together. */
export function windowsText(numbers, between = "、") {
  const runs = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && number === run[1] + 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(between);
}

/** "综合办事(个人事项)" → {name: "综合办事", note: "个人事项"}: a hall's names carry their explanation in brackets. */
export function splitName(full) {
  const parts = /^(.+?)\s*[(（](.+)[)）]$/.exec(full);
  return parts ? {name: parts[1], note: parts[2]} : {name: full, note: ""};
}

/** "一楼A区 综合服务区" → "一楼A区": where to go, without what it is called. */
export function zoneShort(zone) {
  return zone.name.split(/\s/)[0];
}
