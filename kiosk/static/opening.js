/* When the hall opens again, as people say it. */

import {clockText, dayText} from "shared/time.js";

/** "今天 14:00", "明天 09:00", "11月26日 星期四 09:00"; null when nobody knows. Both times ISO with the hall's offset. */
export function whenOpen(iso, now, language) {
  if (!iso) return null;
  const days = daysBetween(now, iso);
  const near = language === "en" ? ["today", "tomorrow"][days] : ["今天", "明天"][days];
  return `${near ?? dayText(iso, language)} ${clockText(iso)}`;
}

function daysBetween(from, to) {
  const midnight = (iso) => Date.parse(`${iso.slice(0, 10)}T00:00:00Z`);
  return Math.round((midnight(to) - midnight(from)) / 86_400_000);
}
