// What an incident is called, and where it is, for people.

import {zoneShort} from "shared/place.js";

export const INCIDENTS = {
  dispute: "争吵", disorder: "秩序混乱", illness: "突发疾病", equipment: "设备故障", power: "停电", lift: "电梯故障", fire: "火情",
  fault: "设备报修", help: "请求支援",
};

/** "3 号窗口", "一楼A区", or the place as it was reported. */
export function placeWords(place, hall) {
  if (/^\d+$/.test(place)) return `${place} 号窗口`;
  const zone = hall.zones.find(({id}) => id === place);
  if (zone) return zoneShort(zone);
  return hall.kiosks?.some(({id}) => id === place) ? `取号机 ${place}` : place || "没有说明地点";
}
