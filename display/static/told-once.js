// A secret that the server tells once: it stands in a dialog until somebody says that they have it, and nowhere after.

import {element} from "shared/dom.js";
import {icon} from "shared/icons.js";

export function tellOnce(title, secret, advice) {
  const dialog = element`<dialog class="act" aria-labelledby="told-title"><h2 id="told-title">${icon("shield")}${title}</h2>
    <p class="intro">${advice}</p><p class="secret"><output>${secret}</output></p>
    <form method="dialog" class="ends"><button class="key go" type="submit">已经记下</button></form></dialog>`;
  document.body.append(dialog);
  dialog.addEventListener("cancel", (event) => event.preventDefault()); // a slip of Esc would lose it
  dialog.showModal();
  return new Promise((settle) => dialog.addEventListener("close", () => { dialog.remove(); settle(); }));
}
