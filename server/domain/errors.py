"""Refusals: what the hall says when a rule forbids something, in the polite words of the standard.

A rule raises `Refused("too_soon", wait_seconds=12)`; the code is stable and part of the contract, the words are in
`REFUSALS` and may quote the facts. Which HTTP status a kind of refusal has is decided in `transports/errors.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["malformed", "identity", "permission", "missing", "rule", "value", "too_many", "gone", "unavailable"]


@dataclass(frozen=True)
class Refusal:
    """How a refusal is told: its kind and its sentence in Chinese and English; `{fact}` is filled in."""

    kind: Kind
    message: str
    message_en: str


REFUSALS: dict[str, Refusal] = {
    # who is asking
    "not_signed_in": Refusal("identity", "请先登录。", "Please sign in first."),
    "bad_credentials": Refusal(
        "identity", "工号或密码不正确，请核对后再试。", "The staff number or password is not right."
    ),
    "session_expired": Refusal("identity", "登录已过期，请重新登录。", "Your session has ended. Please sign in again."),
    "unknown_device": Refusal(
        "identity", "设备未登记或已停用，请联系系统管理员。", "This device is not enrolled or was revoked."
    ),
    "account_locked": Refusal(
        "too_many",
        "登录失败次数过多，请 {wait_seconds} 秒后再试。",
        "Too many failed attempts. Please wait {wait_seconds} seconds.",
    ),
    # what they may do
    "not_allowed": Refusal("permission", "您的岗位没有这项权限。", "Your role does not allow this."),
    "csrf": Refusal("permission", "页面已过期，请刷新后再试。", "The page is out of date. Please reload it."),
    "not_yours": Refusal("permission", "这不是您上岗的窗口。", "This is not the window you are signed on at."),
    "foreign_origin": Refusal("permission", "请求来源不被允许。", "Requests from this origin are not allowed."),
    # what they asked about
    "not_found": Refusal("missing", "没有找到您要的内容。", "There is nothing here by that name."),
    "malformed": Refusal("malformed", "请求的格式不正确。", "The request is malformed."),
    "method_not_allowed": Refusal("malformed", "不支持这种请求方式。", "This method is not supported here."),
    "invalid": Refusal("value", "“{field}”的内容不正确：{reason}", "The value of {field} is not valid: {reason_en}"),
    "request_id_reused": Refusal(
        "value", "这个请求号已用于另一个请求。", "This request id was already used for a different request."
    ),
    "too_many": Refusal("too_many", "操作太频繁，请稍候再试。", "Too many requests. Please wait a moment."),
    "too_far_back": Refusal(
        "gone", "消息太旧，请重新取全图。", "That is too far back. Please fetch the picture again."
    ),
    "internal": Refusal(
        "unavailable", "系统出现问题，已记录，请稍候再试。", "Something went wrong and was recorded. Please try again."
    ),
    # taking a number
    "closed": Refusal(
        "rule",
        "您好，现在不在取号时间内。下次开始取号：{next_open}。也可以预约，或使用 24 小时自助服务区。",
        "Tickets are not issued at the moment. Next opening: {next_open}.",
    ),
    "quota_reached": Refusal(
        "rule", "很抱歉，本时段号码已取完，请到咨询台，我们帮您安排。", "All numbers for this session have been taken."
    ),
    "already_waiting": Refusal(
        "rule", "您已取 {number} 号，正在等候，无需重复取号。", "You already hold number {number} in this queue."
    ),
    "after_hours_choice": Refusal(
        "rule",
        "现在临近下班时间，您预计 {predicted_finish} 办完，是否继续等候由您选择。",
        "It is close to closing time; you would be finished at about {predicted_finish}. The choice is yours.",
    ),
    "no_open_window": Refusal(
        "rule",
        "很抱歉，今天没有窗口办理这项业务，请到咨询台，我们帮您安排。",
        "No window serves this today. Please ask at the information desk.",
    ),
    # at a window
    "window_busy": Refusal("rule", "本窗口还有 {number} 号未办结。", "Number {number} is still active at this window."),
    "window_paused": Refusal("rule", "窗口正在暂停服务，请先恢复。", "The window is paused. Please resume first."),
    "window_taken": Refusal("rule", "{clerk} 正在这个窗口上岗。", "{clerk} is signed on at this window."),
    "already_signed_on": Refusal("rule", "您已在 {window} 号窗口上岗。", "You are signed on at window {window}."),
    "window_closed": Refusal("rule", "窗口已备案关闭，暂不能上岗。", "A filed closure is in force at this window."),
    "evacuation": Refusal(
        "rule",
        "正在有序疏散，暂停取号和叫号，请听从工作人员引导。",
        "The hall is being evacuated; please follow the staff. No numbers are given or called.",
    ),
    "locked_console": Refusal(
        "rule", "叫号台已锁定，请先输入密码恢复。", "The console is locked; resume with the password first."
    ),
    "not_signed_on": Refusal("rule", "窗口还没有人上岗，请先上岗。", "Nobody is signed on here. Please sign on first."),
    "not_paused": Refusal("rule", "窗口没有暂停。", "The window is not paused."),
    # a ticket's life
    "too_soon": Refusal("rule", "请稍候，{wait_seconds} 秒后可以操作。", "Please wait {wait_seconds} more seconds."),
    "too_few_calls": Refusal(
        "rule", "叫号满 {needed} 次后才能过号，现在是第 {calls} 次。", "Call {needed} times before marking as missed."
    ),
    "call_limit": Refusal("rule", "已重呼 {calls} 次，不能再重呼。", "The limit of {calls} calls has been reached."),
    "wrong_state": Refusal("rule", "{number} 号现在不能这样操作。", "Number {number} cannot do that now."),
    "no_active_ticket": Refusal("rule", "本窗口现在没有在办的号码。", "There is no active ticket at this window."),
    "return_not_allowed": Refusal(
        "rule", "号码已不能恢复，请到咨询台，我们帮您安排。", "This number cannot be restored; please ask at the desk."
    ),
    "return_too_late": Refusal(
        "rule",
        "已超过 {within_minutes} 分钟的恢复时间，请重新取号或到咨询台。",
        "The {within_minutes} minutes for returning have passed.",
    ),
    "nothing_to_undo": Refusal(
        "rule", "没有可以撤销的操作，或已超过 {undo_seconds} 秒。", "There is nothing to undo, or it is too late."
    ),
    "not_skilled": Refusal("rule", "本窗口不办理 {queue} 队列。", "This window does not serve queue {queue}."),
    "not_due": Refusal("rule", "{number} 号的预约时段还没到。", "The appointment of {number} has not begun."),
    # operation
    "backup_damaged": Refusal("rule", "{file} 已损坏，没有备份。", "{file} is damaged; nothing was backed up."),
    "data_exists": Refusal("rule", "{data} 里已有数据，没有恢复。", "There is a hall in {data}; nothing was restored."),
    "not_a_backup": Refusal("rule", "{file} 不是排号的备份文件。", "{file} is not a backup of this program."),
    "sqlite_only": Refusal(
        "rule", "此命令只用于 SQLite；PostgreSQL 请用 pg_dump。", "This is for SQLite; use pg_dump for PostgreSQL."
    ),
    "newer_database": Refusal(
        "rule",
        "数据库来自更新的程序版本（{revision}），请升级程序后再启动。",
        "The database was made by a newer version of the program ({revision}). Please update the program.",
    ),
    "server_running": Refusal(
        "rule", "服务器正在运行，请先停止再执行。", "The server is running; stop it before doing this."
    ),
}


class Refused(Exception):
    """A rule said no. `code` is one of `REFUSALS`; `facts` go into the answer and its sentences."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    @property
    def refusal(self) -> Refusal:
        return REFUSALS[self.code]

    @property
    def message(self) -> str:
        return self.refusal.message.format_map(_Facts(self.facts))

    @property
    def message_en(self) -> str:
        return self.refusal.message_en.format_map(_Facts(self.facts))


class _Facts(dict[str, Any]):
    """A missing fact must never turn a polite refusal into a crash."""

    def __missing__(self, key: str) -> str:
        return "—"
