// Who may come in (X1, W7): the staff of the hall file, a leaver's access ended in one action, passwords and device keys told once.

import {command, CommandError, fetchJson, identify, remove} from "shared/command.js";
import {define, element, html, onAction, patch} from "shared/dom.js";
import {icon} from "shared/icons.js";
import {askBoard} from "./board-question.js";
import "./board-sign-in.js";
import {tellOnce} from "./told-once.js";

const REFRESH_MS = 10_000; // who is at which window moves
const ROLES = {
  clerk: "窗口人员", guide: "咨询引导人员", area_lead: "区域负责人", manager: "大厅管理员", system: "系统管理员", security: "安全人员", audit: "审计人员",
};
const part = (name) => document.querySelector(name);
const hall = JSON.parse(part("#hall").textContent);
const options = (values) => values.map((value) => ({value, label: value}));

class AccountList extends HTMLElement {
  #rows = [];
  #reasons = [];
  #session = null;
  #search = "";

  async open(session) {
    this.#session = session;
    identify({csrf: session.csrf});
    await this.read();
    this.hidden = false;
  }

  async read() {
    const {rows, leaving_reasons: reasons} = await fetchJson("accounts");
    [this.#rows, this.#reasons] = [rows, reasons];
    this.#draw();
  }

  connectedCallback() {
    this.addEventListener("input", ({target}) => {
      this.#search = target.value.trim();
      this.#draw();
    });
  }

  /** The leaver's sessions, sockets and tokens end at once; the window shows 暂停服务 (3.2.5). */
  async end(staff) {
    const {window} = this.#rows.find((row) => row.staff === staff);
    const done = await askBoard({
      title: `撤销 ${staff} 的权限`, sign: "shield", danger: true, submit: "撤销权限",
      intro: `${window ? `现在在 ${window} 号窗口：窗口马上显示“暂停服务”，在办的号码退回队列。` : ""}登录、连接和令牌 5 秒内全部失效，记录全部保留`,
      fields: [{kind: "choice", name: "reason", label: "原因", options: options(this.#reasons)}],
      send: ({reason}) => command("accounts/deactivate", {staff, reason}),
    });
    return done && `${staff} 的权限已撤销`;
  }

  async restore(staff) {
    const done = await askBoard({
      title: `恢复 ${staff} 的权限`, sign: "undo", submit: "恢复权限", intro: "可以用原来的密码重新登录；忘了密码请再重置",
      send: () => command("accounts/activate", {staff}),
    });
    return done && `${staff} 可以重新登录`;
  }

  async password(staff) {
    const made = await askBoard({
      title: `重置 ${staff} 的密码`, sign: "undo", submit: "重置密码", intro: "现在的登录全部结束；新密码只显示这一次",
      send: () => command("accounts", {staff}),
    });
    if (made) await tellOnce(`${staff} 的新密码`, made.password, "请当面交给本人；离开这里就不再显示");
    return made && `${staff} 的密码已重置`;
  }

  async key(id) {
    const made = await askBoard({
      title: `给设备 ${id} 换发密钥`, sign: "shield", danger: true, submit: "换发密钥", intro: "旧密钥马上失效，设备要填入新密钥才能继续；新密钥只显示这一次",
      send: () => command("devices", {id}),
    });
    if (made) await tellOnce(`设备 ${id} 的新密钥`, made.token, "填入设备的设置；离开这里就不再显示");
    return made && `设备 ${id} 的密钥已换发`;
  }

  #draw() {
    const {role, staff: self} = this.#session;
    const may = {end: ["system", "security"].includes(role), renew: role === "system"};
    const shown = this.#rows.filter((row) => row.staff.includes(this.#search) || ROLES[row.role]?.includes(this.#search));
    patch(this, html`<header class="office-head"><h1>账号和设备</h1><p>${self}，${ROLES[role]}</p>
        <p class="do"><a href="/display/ledgers">台账</a><button class="key" type="button" data-action="sign-out">退出</button></p></header>
      <form class="filters"><label>查找<input name="search" placeholder="工号或岗位" autocomplete="off"></label></form>
      <div class="rows" tabindex="0" role="region" aria-label="账号"><table aria-label="账号"><thead><tr>${["状态", "工号", "岗位", "在岗窗口"].map(head)}${may.end && head("办理")}</tr></thead>
        <tbody>${shown.map((row) => line(row, may, self))}</tbody></table></div>
      ${may.renew && devices()}`);
  }
}

function head(name) {
  return element`<th scope="col">${name}</th>`;
}

function line({staff, role, account, active, window}, may, self) {
  const [level, sign, word] = active ? ["good", "check", "可登录"] : account ? ["alarm", "x", "已撤销"] : ["plain", "ring", "未开户"];
  return element`<tr data-key="${staff}"><td class="marks"><span class="mark ${level}">${icon(sign)}${word}</span></td><th scope="row">${staff}</th><td>${ROLES[role] ?? role}</td>
    <td>${window ? `${window} 号` : "—"}</td>${may.end && element`<td class="do">${staff === self ? "本人" : [
      active && key("end", "撤销权限", staff), account && !active && key("restore", "恢复", staff),
      may.renew && (active || !account) && key("password", account ? "重置密码" : "开户", staff)]}</td>`}</tr>`;
}

function key(act, label, id) {
  return element`<button type="button" class="small" data-action="${act}" data-id="${id}" aria-label="${label} ${id}">${label}</button>`;
}

function devices() {
  const all = [...hall.kiosks.map(({id}) => ({id, name: "取号机"})), ...hall.screens.map(({id}) => ({id, name: "大屏"}))];
  return element`<section class="devices"><h2>设备密钥</h2><ul>${all.map(({id, name}) => element`<li>${name} ${id}${key("key", "换发密钥", id)}</li>`)}</ul></section>`;
}

define("account-list", AccountList);

/* ── The page ──────────────────────────────────────────────────────────── */

const list = part("account-list");

async function open(session) {
  try {
    await list.open(session ?? await fetchJson("session"));
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    list.hidden = true;
    await open(await part("board-sign-in").ask(error.status === 401 ? "" : error.message));
  }
}

async function refresh() {
  if (list.hidden) return;
  try {
    await list.read();
  } catch (error) {
    if (error.status === 401 || error.status === 403) location.reload();
    else said(error.message);
  }
}

function doing(act) {
  return async ({dataset}) => {
    const words = await act(dataset.id);
    if (words) said(words);
    await refresh();
  };
}

function said(words) {
  part("#said").textContent = words;
}

onAction(document.body, {
  end: doing((id) => list.end(id)), restore: doing((id) => list.restore(id)), password: doing((id) => list.password(id)), key: doing((id) => list.key(id)),
  "sign-out": async () => { await remove("session"); location.reload(); },
});
setInterval(refresh, REFRESH_MS);
open();
