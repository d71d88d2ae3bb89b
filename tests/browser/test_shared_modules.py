"""The modules every page stands on, by themselves: the fold of the news, templates, places and times.

They run in a real browser on a blank page, with the files of the repository behind an address of their own.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

STATIC = Path(__file__).parents[2] / "server/static"
HERE = "http://pages.test"
BLANK = """<!doctype html><script type="importmap">{"imports": {"shared/": "/static/shared/"}}</script><main></main>"""
PICTURE: dict[str, Any] = {
    "seq": 7,
    "at": "2026-11-24T10:00:00+08:00",
    "phase": "open",
    "queues": [{"id": "A", "waiting": 3}, {"id": "B", "waiting": 0}],
    "windows": [{"id": 1, "state": "open"}],
    "calls": [{"id": str(seq), "number": f"A{seq:03d}"} for seq in range(12, 0, -1)],
}


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A blank page that may import the shared modules."""
    context = browser.new_context()
    blank = context.new_page()
    blank.route(f"{HERE}/**", _answer)
    blank.goto(f"{HERE}/")
    yield blank
    context.close()


def _answer(route: Route) -> None:
    path = route.request.url.removeprefix(HERE)
    if path == "/":
        route.fulfill(body=BLANK, content_type="text/html; charset=utf-8")
    else:
        route.fulfill(path=STATIC / path.removeprefix("/static/"), content_type="text/javascript; charset=utf-8")


def run(page: Page, module: str, body: str, *values: Any) -> Any:
    """The value of a piece of script with `m` (the module), `main` (emptied) and `v` (the values)."""
    script = f"""async (v) => {{
        const m = await import("shared/{module}.js");
        const main = document.querySelector("main"); main.replaceChildren();
        {body}
    }}"""
    return page.evaluate(script, list(values))


def fold(page: Page, news: dict[str, Any], picture: dict[str, Any] | None = None) -> dict[str, Any]:
    folded: dict[str, Any] = run(page, "fold", "return m.apply(v[0], v[1]);", picture or PICTURE, news)
    return folded


# Old picture + news = new picture


def test_a_changed_row_takes_the_place_of_the_old_one(page: Page) -> None:
    new = fold(page, {"seq": 8, "at": "later", "changed": {"queues": [{"id": "B", "waiting": 1}]}})
    assert new["queues"] == [{"id": "A", "waiting": 3}, {"id": "B", "waiting": 1}]
    assert (new["seq"], new["at"]) == (8, "later")


def test_a_new_row_is_added_and_a_removed_one_dropped(page: Page) -> None:
    news = {"seq": 8, "at": "", "changed": {"windows": [{"id": 2}]}, "removed": {"windows": [1]}}
    assert fold(page, news)["windows"] == [{"id": 2}]


def test_new_calls_go_in_front_and_sixty_are_kept(page: Page) -> None:
    full = {**PICTURE, "calls": [{"id": str(seq)} for seq in range(60, 0, -1)]}
    calls = fold(page, {"seq": 8, "at": "", "changed": {"calls": [{"id": "62"}, {"id": "61"}]}}, full)["calls"]
    assert [call["id"] for call in calls] == [str(seq) for seq in range(62, 2, -1)]


def test_what_the_hall_says_of_itself_is_merged_into_the_picture(page: Page) -> None:
    new = fold(page, {"seq": 8, "at": "", "changed": {"hall": {"phase": "after_hours", "phase_until": None}}})
    assert (new["phase"], new["phase_until"]) == ("after_hours", None)


def test_lists_that_a_picture_does_not_have_are_left_out(page: Page) -> None:
    assert "tickets" not in fold(page, {"seq": 8, "at": "", "changed": {"tickets": [{"id": "x"}]}})


def test_news_that_the_picture_already_holds_changes_nothing(page: Page) -> None:
    same = run(page, "fold", "return m.apply(v[0], v[1]) === v[0];", PICTURE, {"seq": 7, "changed": {"queues": []}})
    assert same is True


def test_the_old_picture_is_left_alone_and_unchanged_rows_stay_the_same_object(page: Page) -> None:
    body = """const before = JSON.stringify(v[0]);
        const next = m.apply(v[0], v[1]);
        const same = next.queues.map((row, place) => row === v[0].queues[place]);
        return [JSON.stringify(v[0]) === before, ...same];"""
    news = {"seq": 8, "at": "", "changed": {"queues": [{"id": "B", "waiting": 1}]}}
    assert run(page, "fold", body, PICTURE, news) == [True, True, False]


@pytest.mark.parametrize(("seq", "follows"), [(7, False), (8, True), (9, False)])
def test_only_the_very_next_number_follows(page: Page, seq: int, follows: bool) -> None:
    assert run(page, "fold", "return m.isNext(v[0], v[1]);", PICTURE, {"seq": seq}) is follows


def test_estimates_are_merged_into_their_queues_without_a_number(page: Page) -> None:
    estimates = {"queues": [{"id": "A", "estimate": {"high_minutes": 20}}]}
    new = run(page, "fold", "return m.applyEstimates(v[0], v[1]);", PICTURE, estimates)
    assert new["queues"] == [{"id": "A", "waiting": 3, "estimate": {"high_minutes": 20}}, {"id": "B", "waiting": 0}]
    assert new["seq"] == 7


# Templates


@pytest.mark.parametrize("text", ["<img src=x onerror=alert(1)>", "</b><script>alert(1)</script>", "&amp; \"'"])
def test_text_and_attributes_never_become_markup(page: Page, text: str) -> None:
    body = """m.replace(main, m.html`<b title="${v[0]}">${v[0]}</b>`);
        return [main.children.length, main.firstChild.title, main.firstChild.textContent];"""
    assert run(page, "dom", body, text) == [1, text, text]


def test_lists_nodes_and_nothing_can_stand_in_a_template(page: Page) -> None:
    body = """m.replace(main, m.html`<p>${[1, [2, m.html`<i>3</i>`]]}${null}${false}${undefined}</p>`);
        return main.innerHTML;"""
    assert run(page, "dom", body) == "<p>12<i>3</i></p>"


def test_false_takes_an_attribute_away_and_true_sets_it(page: Page) -> None:
    body = 'm.replace(main, m.html`<button disabled="${false}" hidden="${true}"></button>`); return main.innerHTML;'
    assert run(page, "dom", body) == '<button hidden=""></button>'


@pytest.mark.parametrize("markup", ['<b onclick="${v[0]}"></b>', '<a href="${v[0]}"></a>'])
def test_a_script_in_an_attribute_is_refused(page: Page, markup: str) -> None:
    body = f"try {{ m.html`{markup}`; return 'allowed'; }} catch (error) {{ return error.name; }}"
    assert run(page, "dom", body, "javascript:alert(1)") == "TypeError"


def test_a_picture_drawn_again_keeps_its_nodes_and_the_focus(page: Page) -> None:
    body = """const button = (key) => m.html`<button data-key="${key}">${key}</button>`;
        const draw = (word, ...keys) => m.patch(main, m.html`<p>${word}</p>${keys.map(button)}`);
        draw("one", "a", "b");
        const [, a, b] = main.children;
        b.focus();
        draw("two", "x", "a", "b");
        return [main.textContent, main.children[2] === a, main.children[3] === b, document.activeElement === b];"""
    assert run(page, "dom", body) == ["twoxab", True, True, True]


def test_a_list_is_drawn_by_key_and_an_unchanged_row_is_not_drawn_again(page: Page) -> None:
    body = """let drawn = 0;
        const draw = (row) => { drawn += 1; return m.html`<p>${row.id}${row.word}</p>`; };
        const show = (rows) => m.keyed(main, rows, (row) => row.id, draw);
        const [a, b] = [{id: 1, word: "a"}, {id: 2, word: "b"}];
        show([a, b]);
        const first = main.firstElementChild;
        show([b, a]);
        const moved = main.lastElementChild === first;
        show([{id: 2, word: "c"}]);
        return [moved, main.textContent, drawn];"""
    assert run(page, "dom", body) == [True, "2c", 3]


# Places and times


@pytest.mark.parametrize(
    ("numbers", "text"), [([4, 3, 5], "3–5"), ([12, 2], "2、12"), ([1, 2, 5], "1–2、5"), ([7], "7")]
)
def test_window_numbers_read_as_people_say_them(page: Page, numbers: list[int], text: str) -> None:
    assert run(page, "place", "return m.windowsText(v[0]);", numbers) == text


@pytest.mark.parametrize(("seconds", "text"), [(0, "00:00"), (134, "02:14"), (3599, "59:59"), (3734, "1:02:14")])
def test_a_counting_time_shows_minutes_and_hours(page: Page, seconds: int, text: str) -> None:
    assert run(page, "time", "return m.countText(v[0]);", seconds) == text


def test_the_clock_of_the_hall_runs_at_its_own_speed_and_in_its_own_zone(page: Page) -> None:
    body = """const clock = new m.HallClock();
        clock.tell({now: "2026-11-24T10:00:00+08:00", speed: 60});
        await new Promise((wake) => setTimeout(wake, 1100));
        return clock.iso();"""
    assert re.fullmatch(r"2026-11-24T10:01:\d\d\+08:00", run(page, "time", body))


def test_an_answer_a_little_behind_does_not_turn_the_clock_back(page: Page) -> None:
    body = """const clock = new m.HallClock();
        clock.tell({now: "2026-11-24T10:00:01+08:00", speed: 1});
        clock.tell({now: "2026-11-24T10:00:00+08:00", speed: 1});
        return clock.iso();"""
    assert run(page, "time", body) == "2026-11-24T10:00:01+08:00"


def test_a_day_is_told_in_both_languages(page: Page) -> None:
    body = "return [m.dayText(v[0]), m.dayText(v[0], 'en')];"
    assert run(page, "time", body, "2026-11-24T23:59:00+08:00") == ["11月24日 星期二", "Tuesday 24 Nov"]


# Code of others


def test_vendored_files_are_the_published_ones(page: Page) -> None:
    readme = (STATIC / "vendor/README.md").read_text("utf-8")
    told = dict(re.findall(r"^\| `([^`]+)` .*`([0-9a-f]{64})` \|$", readme, re.MULTILINE))
    found = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in (STATIC / "vendor").glob("*.js")}
    assert found
    assert json.dumps(found, sort_keys=True) == json.dumps(told, sort_keys=True)
