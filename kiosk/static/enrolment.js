/* Who this machine is: the key that the hall gave it. */

const KEY_PREFIX = "paihao-kiosk-";

/** This kiosk's own key, or undefined: from the page (a demonstration on one machine), from the address (opened once as
 *  /kiosk/K1#token=…, and the address bar forgets it at once), or from an earlier time. Behind an agent none is needed. */
export function ownToken(page) {
  const place = KEY_PREFIX + page.getAttribute("kiosk");
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    localStorage.setItem(place, given);
    history.replaceState(null, "", location.pathname);
  }
  return localStorage.getItem(place) ?? page.getAttribute("token") ?? undefined;
}
