/* Icons on a 24-unit grid, drawn by one line of 1.75: icon("pin") is an <svg> to put into a template.
   An icon always stands beside its word, so it is hidden from screen readers. */

const DRAWN = {
  alert: '<path d="M12 4 2.8 19.8h18.4zM12 10v4.5M12 17.2h.01"/>',
  bell: '<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.8h4"/>',
  cal: '<rect x="3.5" y="5" width="17" height="15.5" rx="2"/><path d="M3.5 10h17M8 2.8V7M16 2.8V7M8 14h3"/>',
  check: '<path d="m4.5 12.5 5 5 10-11"/>',
  clock: '<circle cx="12" cy="12" r="8.5"/><path d="M12 7.2V12l3.3 2"/>',
  closed: '<path d="M5.5 21V3.5h13V21M3 21h18M8.5 12h7"/>',
  cut: '<path d="M9 17H7A5 5 0 0 1 7 7h1M15 7h2a5 5 0 0 1 3.3 8.7M8.5 12h2M4 4l16 16"/>',
  desk: '<circle cx="12" cy="6.5" r="3"/><path d="M6.5 15c.5-2.8 2.5-4.3 5.5-4.3s5 1.5 5.5 4.3M2.5 15.5h19M4.5 15.5v5M19.5 15.5v5"/>',
  doc: '<path d="M6 3h8l4.5 4.5V21H6zM13.5 3v5h5M9 13h6M9 16.5h6"/>',
  down: '<path d="M12 4v16M6 14l6 6 6-6"/>',
  elder: '<path d="M2.5 19 8 5l5.5 14M4.5 14.3h7M15.5 19l3-8 3 8M16.6 16.3h3.8"/>',
  globe: '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c2.6 2.4 3.8 5.3 3.8 8.5s-1.2 6.1-3.8 8.5c-2.6-2.4-3.8-5.3-3.8-8.5s1.2-6.1 3.8-8.5Z"/>',
  heart: '<path d="M12 20C6.3 15.8 3.5 12.4 3.5 9a4.4 4.4 0 0 1 8.5-1.6A4.4 4.4 0 0 1 20.5 9c0 3.4-2.8 6.8-8.5 11Z"/>',
  help: '<circle cx="12" cy="7" r="3.2"/><path d="M5.5 20.5c.3-4.3 2.8-6.8 6.5-6.8s6.2 2.5 6.5 6.8M19 3.5v5M16.5 6h5"/>',
  hold: '<path d="M6.5 3.5h11M6.5 20.5h11M8 3.5c0 4.5 1.5 6 4 8.5-2.5 2.5-4 4-4 8.5M16 3.5c0 4.5-1.5 6-4 8.5 2.5 2.5 4 4 4 8.5"/>',
  home: '<path d="M4 11 12 4l8 7M6.5 9.5V20h11V9.5"/>',
  keys: '<rect x="2.5" y="6" width="19" height="12" rx="2"/><path d="M6.5 10h.01M10.2 10h.01M13.8 10h.01M17.5 10h.01M8 14.5h8"/>',
  left: '<path d="M20 12H4M10 6l-6 6 6 6"/>',
  live: '<path d="M5 12.5a10 10 0 0 1 14 0M8.3 15.6a5.4 5.4 0 0 1 7.4 0M12 19h.01M2 9.3a14.4 14.4 0 0 1 20 0"/>',
  lock: '<rect x="5" y="10.5" width="14" height="10" rx="2"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5M12 14.5v2"/>',
  low: '<circle cx="10" cy="4.5" r="1.7"/><path d="M10 8.5v6h5.5l2.5 5M10 11h4.5M7.8 11.6a5 5 0 1 0 6.6 6.4"/>',
  mega: '<path d="M4 10v4l2.5.5L8 20h3l-1-5 9 3.5v-13L6.5 9.5z"/>',
  miss: '<circle cx="9" cy="7.5" r="3.2"/><path d="M3 19.5c.3-4 2.5-6.2 6-6.2 1.2 0 2.3.3 3.2.8M15.5 15l5 5M20.5 15l-5 5"/>',
  moon: '<path d="M19.5 14.2A8 8 0 0 1 9.8 4.5a8 8 0 1 0 9.7 9.7Z"/>',
  pause: '<path d="M8.5 5.5v13M15.5 5.5v13"/>',
  people: '<circle cx="9" cy="8" r="3"/><path d="M3.5 19c.2-3.8 2.3-6 5.5-6s5.3 2.2 5.5 6M15.5 5.4a3 3 0 0 1 0 5.3M17 13.4c2.2.7 3.4 2.6 3.5 5.6"/>',
  phone: '<rect x="6.5" y="2.5" width="11" height="19" rx="2.2"/><path d="M11 18.5h2"/>',
  pin: '<path d="M12 21.5c4.7-4.6 7-8.1 7-11.2a7 7 0 0 0-14 0c0 3.1 2.3 6.6 7 11.2Z"/><circle cx="12" cy="10.2" r="2.5"/>',
  play: '<path d="M8 5.5v13l10.5-6.5z"/>',
  plus: '<path d="M12 5v14M5 12h14"/>',
  printer: '<path d="M7 9V3.5h10V9M7 17H4.5A1.5 1.5 0 0 1 3 15.5v-5A1.5 1.5 0 0 1 4.5 9h15a1.5 1.5 0 0 1 1.5 1.5v5a1.5 1.5 0 0 1-1.5 1.5H17"/><path d="M7 14h10v6.5H7z"/>',
  qr: '<rect x="4" y="4" width="6" height="6"/><rect x="14" y="4" width="6" height="6"/><rect x="4" y="14" width="6" height="6"/><path d="M14 14h2.5v2.5M20 14v2.5M14 20h2.5M20 20v-1"/>',
  right: '<path d="M4 12h16M14 6l6 6-6 6"/>',
  ring: '<circle cx="12" cy="12" r="7.5"/>',
  search: '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
  shield: '<path d="M12 3 4.5 6v5.5c0 4.5 3 7.8 7.5 9.5 4.5-1.7 7.5-5 7.5-9.5V6z"/>',
  sound: '<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11"/>',
  swap: '<path d="M4 8.5h15M15 4.5l4 4-4 4M20 15.5H5M9 11.5l-4 4 4 4"/>',
  undo: '<path d="M8 5 4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11h-4"/>',
  x: '<path d="m5.5 5.5 13 13M18.5 5.5l-13 13"/>',
};
const MARK = '<circle cx="3.5" cy="16.5" r="1.5" fill="currentColor" stroke="none"/><circle cx="8.5" cy="16.5" r="1.5" fill="currentColor" stroke="none"/>'
  + '<path d="M12.5 5.5v12h9v-12z"/><path d="M11.5 18.8h11" stroke-width="2.6"/>';

/** An <svg class="i">; more classes may be given. Unknown names are a fault of the page. */
export function icon(name, extra = "") {
  if (!(name in DRAWN)) throw new RangeError(`no icon ${name}`);
  return drawn(DRAWN[name], extra);
}

/** The mark of Paihao: two people in line before a window. */
export function mark(extra = "mark") {
  return drawn(MARK, extra);
}

function drawn(shapes, extra) {
  const template = document.createElement("template");
  template.innerHTML = `<svg class="i" viewBox="0 0 24 24" aria-hidden="true">${shapes}</svg>`;
  const svg = template.content.firstChild;
  if (extra) svg.classList.add(...extra.split(" "));
  return svg;
}
