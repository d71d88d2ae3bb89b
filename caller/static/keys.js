/* Which key does what at the desk.

   Every key was tried in Chromium with real key events: a page keeps F1 to F12, End, Insert, Ctrl+Z and the number pad, but never
   gets Ctrl+W, Ctrl+T, Ctrl+N, Ctrl+Tab or Alt+F4. Left to the browser on purpose: F5 (reload), F11 (full screen),
   F12 (tools), which people expect to work. The hall file may change them (desk_keys). */

const DEFAULT = {
  "primary": "Enter", "finish-next": "F2", "call-again": "F3", "miss": "F4", "hold": "F6", "transfer": "F7",
  "give-back": "F8", "pause": "F9", "call": "F10", "walk-in": "Insert", "undo": "Ctrl+Z", "sign-off": "End", "keys": "F1",
};

/** A number pad as a caller: the same actions on keys that lie under one hand. */
export const PAD = {
  NumpadEnter: "primary", NumpadAdd: "finish-next", NumpadMultiply: "call-again", NumpadSubtract: "miss", NumpadDivide: "pause",
};
export const PAD_NAMES = {NumpadAdd: "+", NumpadMultiply: "×", NumpadSubtract: "−", NumpadDivide: "÷", NumpadEnter: "Enter"};

const SINGLE_KEYS_OFF = "caller.single-keys-off";   // WCAG 2.1.4: keys without a modifier can be turned off

/** Action → key, as the hall file says, else as above. */
export function keyMap(hall) {
  return {...DEFAULT, ...hall.desk_keys};
}

/** "F3", "Ctrl+Z", "Enter": the name of a pressed key as the map writes it. */
export function keyName({key, ctrlKey, altKey, shiftKey, metaKey}) {
  const name = key.length === 1 ? key.toUpperCase() : key;
  return `${ctrlKey || metaKey ? "Ctrl+" : ""}${altKey ? "Alt+" : ""}${shiftKey && key.length > 1 ? "Shift+" : ""}${name}`;
}

/** The action that a key event asks for, or null. */
export function actionOf(event, map) {
  if (singleKeys() && event.code in PAD && event.code !== "NumpadEnter") return PAD[event.code];
  const name = keyName(event);
  return Object.keys(map).find((action) => map[action] === name) ?? null;
}

/** Whether keys without a modifier (number pad, digits and letters in dialogs) act. */
export function singleKeys() {
  return localStorage.getItem(SINGLE_KEYS_OFF) === null;
}

export function useSingleKeys(use) {
  if (use) localStorage.removeItem(SINGLE_KEYS_OFF);
  else localStorage.setItem(SINGLE_KEYS_OFF, "1");
}

/** How a key is written on the screen. */
export function keyText(key) {
  return key.replace("Ctrl+", "Ctrl ").replace("Shift+", "Shift ");
}
