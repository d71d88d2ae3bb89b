/* Which key does what at the desk.

   Every key was tried in Chromium with real key events: a page keeps F1 to F12, Home, End, Insert, PageUp, PageDown, Ctrl+Z and the
   number pad, but never gets Ctrl+W, Ctrl+T, Ctrl+N, Ctrl+Tab or Alt+F4. Left to the browser on purpose: F5 (reload), F11 (full
   screen), F12 (tools), which people expect to work. The hall file may change them (desk.keys, desk.number_pad). */

const KEYS = {
  "primary": "Enter", "finish-next": "F2", "call-again": "F3", "miss": "F4", "hold": "F6", "transfer": "F7", "give-back": "F8",
  "pause": "F9", "call": "F10", "walk-in": "Insert", "undo": "Ctrl+Z", "sign-off": "End", "keys": "F1", "help": "Home",
  "incident": "PageUp", "self-check": "PageDown", "ready": "Shift+F6", "relief": "Shift+F9", "why": "Shift+F2",
};

/** A number pad as a caller: the same actions on keys that lie under one hand. */
const PAD = {"primary": "Enter", "finish-next": "+", "call-again": "*", "miss": "-", "pause": "/", "undo": ".", "help": "0"};
const PAD_CODES = {"+": "NumpadAdd", "-": "NumpadSubtract", "*": "NumpadMultiply", "/": "NumpadDivide", ".": "NumpadDecimal", "Enter": "NumpadEnter"};
const PAD_SIGNS = {"*": "×", "-": "−", "/": "÷"};

const SINGLE_KEYS_OFF = "caller.single-keys-off";   // WCAG 2.1.4: keys without a modifier can be turned off

/** {keys, pad}: action → key, as the hall file says, else as above. */
export function keyMap({desk_keys: keys, number_pad: pad}) {
  return {keys: overlaid(KEYS, keys), pad: overlaid(PAD, pad)};
}

/** What the hall file says; a key that it gives to one action is no longer the other's. */
function overlaid(usual, own = {}) {
  const taken = new Set(Object.values(own));
  return {...Object.fromEntries(Object.entries(usual).filter(([, key]) => !taken.has(key))), ...own};
}

/** "F3", "Ctrl+Z", "Enter": the name of a pressed key as the map writes it. */
export function keyName({key, ctrlKey, altKey, shiftKey, metaKey}) {
  const name = key.length === 1 ? key.toUpperCase() : key;
  return `${ctrlKey || metaKey ? "Ctrl+" : ""}${altKey ? "Alt+" : ""}${shiftKey && key.length > 1 ? "Shift+" : ""}${name}`;
}

/** The action that a key event asks for, or null. */
export function actionOf(event, {keys, pad}) {
  const action = (map, key) => Object.keys(map).find((name) => map[name] === key) ?? null;
  if (!event.code.startsWith("Numpad")) return action(keys, keyName(event));
  const sign = Object.keys(PAD_CODES).find((key) => PAD_CODES[key] === event.code) ?? event.code.slice(-1);
  if (sign !== "Enter") return singleKeys() ? action(pad, sign) : null;
  return (singleKeys() ? action(pad, sign) : null) ?? action(keys, keyName(event));
}

/** Whether keys without a modifier (number pad, digits and letters in dialogs) act. */
export function singleKeys() {
  return localStorage.getItem(SINGLE_KEYS_OFF) === null;
}

export function useSingleKeys(use) {
  if (use) localStorage.removeItem(SINGLE_KEYS_OFF);
  else localStorage.setItem(SINGLE_KEYS_OFF, "1");
}

/** How a key is written on the screen; an action without a key has none. */
export function keyText(key = "") {
  return key.replace("Ctrl+", "Ctrl ").replace("Shift+", "Shift ").replace("PageUp", "PgUp").replace("PageDown", "PgDn").replace("Insert", "Ins");
}

/** How a key of the number pad is written. */
export function padText(key) {
  return PAD_SIGNS[key] ?? key;
}
