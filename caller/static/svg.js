/* Drawings with measures that change: an element of SVG with its attributes. (The html tag would let the browser parse the
   place of a number as a number, and complain.) */

const SVG = "http://www.w3.org/2000/svg";

/** svg("rect", {x: 0, width: 30}, ...children): children are elements or text. */
export function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
