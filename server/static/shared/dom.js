/* HTML without a framework: text is escaped because it never becomes markup, and what has not changed is not touched.

     replace(main, html`<p class="${kind}">${name}</p>`)      // template → DOM, values become text, nodes or lists of them
     patch(main, html`…`)                                     // the same picture again: only the differences are written
     keyed(list, rows, (row) => row.id, (row) => html`…`)     // one element a row, kept as long as its row
     onAction(main, {cancel: (button, event) => …})           // <button data-action="cancel">

   A template has no event handlers (the policy of every page forbids them in markup, and patch() keeps old nodes):
   name what a button does in data-action. style takes an object: style=${{"--dot": "9px"}}. */

const HOLE = "hole:";                       // marks the place of a value while the browser parses the template
const HOLES = /hole:(\d+):/g;
const STYLE = "data-hole-style";            // stands for style in a parsed template: the page's policy reports a style attribute, even an empty one
const prepared = new WeakMap();             // the strings of a template → its parsed <template>
const rowOf = new WeakMap();                // element → the row it shows, for keyed()

/** Template tag: a DocumentFragment. Values: text, numbers, nodes, nested arrays; null, undefined and booleans show nothing. */
export function html(strings, ...values) {
  const copy = document.importNode(templateFor(strings).content, true);
  const walker = document.createTreeWalker(copy, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_COMMENT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  for (const node of found) {
    if (node.nodeType === Node.COMMENT_NODE) fillPlace(node, values);
    else fillAttributes(node, values);
  }
  return copy;
}

/** Template tag: the one element of the template. */
export function element(strings, ...values) {
  return html(strings, ...values).firstElementChild;
}

/** Puts content in the place of everything that parent held. */
export function replace(parent, ...content) {
  parent.replaceChildren(...content.flatMap(nodesOf));
  return parent;
}

/** Makes parent look like content and keeps every node that can stay: focus, scroll and animations live on. */
export function patch(parent, ...content) {
  const wanted = content.flatMap(nodesOf);
  let at = parent.firstChild;
  for (const next of wanted) {
    const kept = at && alike(at, next) ? at : laterAlike(at, next);
    if (kept) {
      if (kept !== at) parent.insertBefore(kept, at);
      patchNode(kept, next);
      at = kept.nextSibling;
    } else {
      parent.insertBefore(next, at);
    }
  }
  while (at) { const gone = at; at = at.nextSibling; gone.remove(); }
  return parent;
}

/** One child element of parent per row, in the order of rows. A row that is the same object is not drawn again. */
export function keyed(parent, rows, keyOf, render) {
  const focused = document.activeElement;
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let at = parent.firstElementChild;
  rows.forEach((row, index) => {
    const key = String(keyOf(row));
    const child = drawRow(old.get(key), row, index, render);
    child.dataset.key = key;
    old.delete(key);
    if (child === at) at = at.nextElementSibling;
    else parent.insertBefore(child, at);
  });
  for (const child of old.values()) child.remove();
  if (focused && focused !== document.activeElement && parent.contains(focused)) focused.focus();
  return parent;
}

/** Clicks (and Enter or Space on a key) inside root, by the name in data-action. Returns a function that ends it. */
export function onAction(root, actions) {
  const listen = (event) => {
    const source = event.target.closest("[data-action]");
    if (!source || !root.contains(source) || source.disabled) return;
    actions[source.dataset.action]?.(source, event);
  };
  root.addEventListener("click", listen);
  return () => root.removeEventListener("click", listen);
}

/** Registers a custom element once; a page may ask for the same part twice. */
export function define(name, constructor) {
  if (!customElements.get(name)) customElements.define(name, constructor);
}

/* ── Internal: from template to nodes ──────────────────────────────────── */

function templateFor(strings) {
  let template = prepared.get(strings);
  if (!template) {
    template = document.createElement("template");
    template.innerHTML = markup(strings);
    prepared.set(strings, template);
  }
  return template;
}

function markup(strings) {
  let inTag = false;
  return strings.reduce((text, part, index) => {
    const [open, close] = [part.lastIndexOf("<"), part.lastIndexOf(">")];
    if (open !== close) inTag = open > close;
    if (index === strings.length - 1) return text + part;
    return text + part.replace(/(\s)style=("?)$/, `$1${STYLE}=$2`) + (inTag ? `${HOLE}${index}:` : `<!--${HOLE}${index}:-->`);
  }, "");
}

function fillPlace(comment, values) {
  const hole = /^hole:(\d+):$/.exec(comment.data);
  if (hole) comment.replaceWith(...nodesOf(values[hole[1]]));
}

function fillAttributes(node, values) {
  for (const {name, value} of [...node.attributes]) {
    if (!value.includes(HOLE)) continue;
    if (name.startsWith("on")) throw new TypeError(`${name}: a template has no event handlers, use data-action`);
    const only = /^hole:(\d+):$/.exec(value);
    if (only) setAttribute(node, name, values[only[1]]);
    else setAttribute(node, name, value.replace(HOLES, (_, index) => values[index] ?? ""));
  }
}

function setAttribute(node, name, value) {
  if (name === STYLE) {
    node.removeAttribute(STYLE);
    for (const [property, worth] of Object.entries(value ?? {})) node.style.setProperty(property, worth);
  } else if (value === null || value === undefined || value === false) {
    node.removeAttribute(name);
  } else {
    if (/^(href|src)$/.test(name) && /^\s*javascript:/i.test(value)) throw new TypeError(`${name} may not be a script`);
    node.setAttribute(name, value === true ? "" : value);
  }
}

function nodesOf(value) {
  if (value === null || value === undefined || typeof value === "boolean") return [];
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (value.nodeType === Node.DOCUMENT_FRAGMENT_NODE) return [...value.childNodes];
  return value.nodeType ? [value] : [document.createTextNode(String(value))];
}

/* ── Internal: from nodes to fewer changes ─────────────────────────────── */

function keyAt(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node.getAttribute("data-key") : null;
}

function alike(old, next) {
  return old.nodeName === next.nodeName && keyAt(old) === keyAt(next);
}

function laterAlike(from, next) {
  if (keyAt(next) === null) return null;
  for (let node = from; node; node = node.nextSibling) if (alike(node, next)) return node;
  return null;
}

function patchNode(old, next) {
  if (old === next) return;
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== next.data) old.data = next.data;
    return;
  }
  if (old.isEqualNode(next)) return;
  for (const {name} of [...old.attributes]) if (!next.hasAttribute(name) && name !== "style") old.removeAttribute(name);
  for (const {name, value} of next.attributes) {
    if (name !== "style" && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  if (old.style && old.style.cssText !== next.style.cssText) old.style.cssText = next.style.cssText;
  if (!old.nodeName.includes("-")) patch(old, ...next.childNodes);      // a custom element draws its own inside
}

function drawRow(old, row, index, render) {
  if (old && rowOf.get(old) === row) return old;
  const drawn = nodesOf(render(row, index)).find((node) => node.nodeType === Node.ELEMENT_NODE);
  let child = drawn;
  if (old && old.nodeName === drawn.nodeName) {
    drawn.dataset.key = old.dataset.key;
    patchNode(old, drawn);
    child = old;
  }
  rowOf.set(child, row);
  return child;
}
