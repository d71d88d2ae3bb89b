/* The list of a 一次性告知书: one line a material with its two boxes, the same in both copies. */

let count = 0;                               // lines made so far: a line and its twin in the other copy share the number

/** Puts these materials on the paper; an empty name is a line to write on. */
export function fillMaterials(names) {
  if (!document.getElementById("material")) return;
  for (const name of names) addLine(name);
}

export function addMaterial() {
  addLine("");
  document.querySelector("[data-materials] li:last-child .blank").focus();
}

export function dropMaterial(button) {
  const {line} = button.closest("li").dataset;
  for (const twin of document.querySelectorAll(`[data-line="${line}"]`)) twin.remove();
}

function addLine(name) {
  count += 1;
  for (const list of document.querySelectorAll("[data-materials]")) list.append(line(name, count));
}

function line(name, number) {
  const {content} = document.getElementById("material");
  const row = document.importNode(content, true).firstElementChild;
  const blank = row.querySelector(".blank");
  row.dataset.line = number;
  blank.dataset.blank = `material-${number}`;
  blank.setAttribute("contenteditable", "plaintext-only");
  blank.style.setProperty("--em", blank.dataset.em);
  blank.textContent = name;
  for (const box of row.querySelectorAll(".box")) box.dataset.box = box.dataset.box.replace(/^N/, number);
  return row;
}
