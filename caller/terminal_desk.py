"""The desk at work: keys in, commands out, news in, screen out, all in one thread and one loop.

Commands are sent from a second thread, so that the screen goes on counting while the server thinks, or does not answer.
"""

from __future__ import annotations

import time
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from caller.terminal_ask import Conversation, Wish
from caller.terminal_clock import HallClock
from caller.terminal_facts import Facts, facts_of
from caller.terminal_fold import apply, apply_estimates
from caller.terminal_keys import KeyMap, keys_of
from caller.terminal_link import SIGNED_OUT, Link, Refusal, ServerAway
from caller.terminal_news import Ear
from caller.terminal_paint import Terminal
from caller.terminal_questions import question_for
from caller.terminal_screen import Screen, draw
from caller.terminal_words import sentence_of

Json = dict[str, Any]

SETTLE_SECONDS = 0.6  # a second Enter so soon was meant for the key that stood there before
NOTE_SECONDS = 12.0
APOLOGY_SECONDS = 120.0  # so long the apology stands after a pause, unless somebody is called before
RETRY_SECONDS = 0.5

AWAY = "网络暂时连接不上。若号码没有变化，请再按一次。"
NOBODY = "现在没有人等候。有人取号时这里马上显示，再按就能叫。"
TOLD = "已经上报，区域负责人和大厅管理员马上看到。"
ALL_KEYS = "Enter 一路到底：叫号、开始、办结。字母键、小键盘、叫号台的 F 键都能用；Esc 离开问题，Ctrl+C 退出程序。"


class Desk:
    """One clerk at one window, until they leave. `run` says why it ended."""

    def __init__(self, link: Link, hall: Json, number: int, terminal: Terminal) -> None:
        self._link = link
        self._hall = hall
        self._number = number
        self._terminal = terminal
        self._keys = KeyMap.of(hall)
        self._clock = HallClock()
        self._ear = Ear(link.url, link.cookie)
        self._picture: Json | None = None
        self._waiting: list[Json] = []  # news that came before the picture that they follow
        self._changes: deque[str] = deque(maxlen=3)
        self._question: Conversation | None = None
        self._note: tuple[str, float] = ("", 0.0)
        self._sorry_until = 0.0
        self._settled_at = 0.0
        self._stage: tuple[str, str | None] = ("", None)
        self._pool = ThreadPoolExecutor(max_workers=2)
        self._command: Future[str] | None = None
        self._fetch: Future[Json] | None = None
        self._fetch_again_at: float | None = 0.0
        self._hears = False
        self._behind = False  # news may have been missed, and the picture is not yet fetched again
        self._ended: str | None = None

    def run(self) -> str:
        """Work until the clerk leaves (an empty answer) or the session ends (the reason, to be shown)."""
        self._ear.start()
        try:
            while self._ended is None:
                self._listen()
                self._keep_true()
                self._collect()
                facts = self._facts()
                if facts:
                    self._follow(facts)
                    self._show(facts)
                if key := self._terminal.key():
                    self._press(key, facts)
        finally:
            self._ear.stop()
            self._pool.shutdown(wait=False, cancel_futures=True)
        return self._ended

    # What is known

    def _facts(self) -> Facts | None:
        if self._picture is None:
            return None
        return facts_of(
            self._picture,
            self._hall,
            self._number,
            str(self._link.session["staff"]),
            self._clock.now(),
            live=self._hears and not self._behind,
            apology=time.monotonic() < self._sorry_until,
        )

    def _listen(self) -> None:
        while not self._ear.heard.empty():
            event, message = self._ear.heard.get()
            if event == "connected":
                self._fetch_again_at = 0.0
            elif event == "news":
                self._waiting.append(message)
            elif event == "estimates" and self._picture:
                self._picture = apply_estimates(self._picture, message)
            elif event == "clock" and message:
                self._clock.tell(message)
            elif event in {"signed-out", "refused"}:
                self._refused_ear(event, message)
        self._fold()

    def _refused_ear(self, event: str, message: Any) -> None:
        """The server wants nothing more of this session; a mere loss of the network is no refusal."""
        code = message.get("code") if isinstance(message, dict) else None
        if event == "signed-out" or code in SIGNED_OUT:
            self._end("登录已失效，请重新登录。")

    def _fold(self) -> None:
        """News in order; a gap fetches the picture again. While a picture is on its way they wait for it."""
        if self._picture is None or self._fetch is not None:
            return
        self._waiting.sort(key=lambda piece: int(piece["seq"]))
        while self._waiting and self._waiting[0]["seq"] <= self._picture["seq"] + 1:
            piece = self._waiting.pop(0)
            if piece["seq"] > self._picture["seq"]:
                line = sentence_of(piece, self._picture, self._number)
                self._picture = apply(self._picture, piece)
                if line:
                    self._changes.appendleft(line)
        if self._waiting and self._fetch_again_at is None:
            self._fetch_again_at = 0.0

    def _keep_true(self) -> None:
        """Fetch the picture when it may be behind; without an answer, again a little later."""
        heard, self._hears = self._hears, self._ear.live()
        self._behind = self._behind or not self._hears
        if self._hears and not heard:
            self._fetch_again_at = 0.0
        if self._fetch is None and self._fetch_again_at is not None and time.monotonic() >= self._fetch_again_at:
            self._fetch = self._pool.submit(self._link.get, "picture?view=caller")
        if self._fetch is None or not self._fetch.done():
            return
        done, self._fetch = self._fetch, None
        try:
            self._picture = done.result()
        except ServerAway:
            self._behind, self._fetch_again_at = True, time.monotonic() + RETRY_SECONDS
            return
        except Refusal as refusal:
            self._end(refusal.message)
            return
        self._behind, self._fetch_again_at = False, None
        self._clock.tell(self._picture["clock"])
        self._fold()

    # Keys and commands

    def _press(self, key: str, facts: Facts | None) -> None:
        if key == "Ctrl+C":
            self._end("")
        elif facts is None or key == "Resize":
            return
        elif self._question:
            self._question.press(key)
            self._conclude()
        elif name := self._keys.action(key):
            self._do(name, facts)

    def _do(self, name: str, facts: Facts) -> None:
        key = keys_of(facts).get(name)
        if key is None or self._command or (name == "primary" and time.monotonic() < self._settled_at):
            return
        if key.why:
            self._say(f"{key.label}：{key.why}。", refused=True)
        elif key.action == "leave":
            self._link.sign_out()
            self._end("")
        elif key.action == "keys":
            self._say(ALL_KEYS)
        elif question := question_for(key.action, facts):
            self._question = Conversation(question)
        else:
            self._send(Wish(key.action, {}))

    def _conclude(self) -> None:
        """A question that is over gives its wish, or nothing when the clerk left it."""
        if self._question is None or not self._question.over:
            return
        wish, self._question = self._question.wish, None
        if wish:
            self._send(wish)

    def _send(self, wish: Wish) -> None:
        self._say("")
        self._command = self._pool.submit(self._carry_out, wish)

    def _carry_out(self, wish: Wish) -> str:
        """Send the command and what follows from it; what there is to say afterwards. Runs beside the loop."""
        path = f"windows/{self._number}"
        if wish.action == "finish-next":
            done = self._link.command(f"{path}/finish", wish.body)
            if done["window"]["state"] == "paused":  # the pause asked for meanwhile has begun
                return ""
            wish = Wish("call-next", {})
        if wish.action == "incidents":
            self._link.command("incidents", wish.body)
            return TOLD
        answer = self._link.command(f"{path}/{wish.action}", wish.body)
        if wish.action == "relieve":
            self._link.renew()
            return "relieved"
        if wish.action == "resume":
            return "resumed"
        return NOBODY if wish.action == "call-next" and answer["ticket"] is None else ""

    def _collect(self) -> None:
        """The end of a command: what it said, or what the server refused."""
        if self._command is None or not self._command.done():
            return
        done, self._command = self._command, None
        try:
            told = done.result()
        except ServerAway:
            self._say(AWAY, refused=True)
        except Refusal as refusal:
            self._refused(refusal)
        else:
            self._succeeded(told)

    def _succeeded(self, told: str) -> None:
        if told == "relieved":
            self._ear.stop()  # the news belong to a session, and this one is another clerk's now
            self._ear = Ear(self._link.url, self._link.cookie)
            self._ear.start()
            self._say(f"{self._link.session['staff']} 已补岗，窗口继续服务。")
        elif told == "resumed":
            self._sorry_until = time.monotonic() + APOLOGY_SECONDS
        else:
            self._say(told)

    def _refused(self, refusal: Refusal) -> None:
        if refusal.code in SIGNED_OUT:
            self._end(refusal.message)
            return
        self._say(refusal.message, refused=True)
        self._fetch_again_at = self._fetch_again_at or 0.0  # the screen may have been behind the hall

    # The screen

    def _follow(self, facts: Facts) -> None:
        """What a new state of the desk changes: the settling of Enter, and questions about what is gone."""
        stage = (facts.state, facts.ticket["id"] if facts.ticket else None)
        if stage == self._stage:
            return
        if self._stage[0]:
            self._settled_at = time.monotonic() + SETTLE_SECONDS
        self._stage, self._question = stage, None
        if facts.ticket:
            self._sorry_until = 0.0

    def _show(self, facts: Facts) -> None:
        text, until = self._note
        note = text if time.monotonic() < until else ""
        self._terminal.show(draw(facts, self._keys, Screen(note, tuple(self._changes), self._question)))

    def _say(self, text: str, *, refused: bool = False) -> None:
        self._note = (text, time.monotonic() + NOTE_SECONDS)
        if refused:
            self._terminal.beep()

    def _end(self, why: str) -> None:
        self._ended = why
