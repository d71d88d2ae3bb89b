/* Everything a page asks of the server by HTTP. Always below the page's own host, so the same page works behind the
   kiosk's agent, a proxy or the server itself. */

const API = "/api/v1/";
const ANSWER_WITHIN_MS = 10_000;

const identity = {csrf: null, token: null};

/** A refusal (with the server's code, polite message and facts) or no answer at all (code "unreachable", status 0; a proxy
 *  or a kiosk's agent in front of a server that is away says 502, 503 or 504). */
export class CommandError extends Error {
  constructor(status, {code, message, message_en: messageEn, ...facts}) {
    super(message ?? code);
    Object.assign(this, {status, code, messageEn: messageEn ?? message ?? code, facts});
  }

  get unreachable() { return this.status === 0 || (this.status >= 502 && this.status <= 504); }
}

/** Who this page speaks for: a signed-in clerk's CSRF token, or a device's own token. null forgets it. */
export function identify({csrf = identity.csrf, token = identity.token}) {
  Object.assign(identity, {csrf, token});
}

/** POST api/v1/PATH with a JSON body; the answer, or a CommandError. A command that is repeated after a lost reply must
 *  carry the same request_id both times: make it once with requestId(). */
export function command(path, body = {}) {
  return ask(path, {method: "POST", body: JSON.stringify(body)});
}

/** GET api/v1/PATH; the answer, or a CommandError. */
export function fetchJson(path) {
  return ask(path, {cache: "no-store"});
}

/** DELETE api/v1/PATH. */
export function remove(path) {
  return ask(path, {method: "DELETE"});
}

/** 22 characters of chance; crypto.randomUUID is missing on plain http in a hall's own network. */
export function requestId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

async function ask(path, options) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), ANSWER_WITHIN_MS);
  try {
    const answer = await fetch(API + path, {...options, headers: headers(options), signal: giveUp.signal, credentials: "same-origin"});
    if (answer.status === 204) return null;
    const data = await answer.json().catch(() => ({}));
    if (answer.ok) return data;
    throw new CommandError(answer.status, data.error ?? {code: answer.status > 500 ? "unreachable" : `http_${answer.status}`});
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(0, {code: "unreachable", message: "网络暂时连接不上，请稍候再试", message_en: "No connection just now. Please try again in a moment."});
  } finally {
    clearTimeout(timer);
  }
}

function headers({method = "GET", body}) {
  const sent = {Accept: "application/json"};
  if (body !== undefined) sent["Content-Type"] = "application/json";
  if (identity.csrf && method !== "GET") sent["X-CSRF-Token"] = identity.csrf;
  if (identity.token) sent.Authorization = `Bearer ${identity.token}`;
  return sent;
}
