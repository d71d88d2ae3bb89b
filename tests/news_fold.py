"""Old picture + news = new picture, as a page does it: rows arrive finished and are put in their place."""

from __future__ import annotations

from typing import Any

from server.domain.floor import CALLS_KEPT

Row = dict[str, Any]


def fold(picture: Row, event: str, message: Row) -> Row:
    """The picture after one message of the socket; messages that are no news of the picture leave it alone."""
    if event == "news":
        assert message["seq"] == picture["seq"] + 1, f"a gap: {picture['seq']} → {message['seq']}"
        return after_news(picture, message)
    if event == "estimates":
        return after_estimates(picture, message)
    if event == "devices" and "devices" in picture:
        return {**picture, "devices": message["devices"]}
    return picture


def after_news(picture: Row, news: Row) -> Row:
    """Rows with the same id are replaced, others added; new calls go in front; what was removed is dropped."""
    changed, removed = news["changed"], news.get("removed", {})
    after = {**picture, **changed.get("hall", {}), "seq": news["seq"]}
    for name, rows in changed.items():
        if name == "calls":
            after["calls"] = [*rows, *after["calls"]][:CALLS_KEPT]
        elif isinstance(picture.get(name), list):
            after[name] = placed(picture[name], rows)
    for name, ids in removed.items():
        if isinstance(after.get(name), list):
            after[name] = [row for row in after[name] if row["id"] not in ids]
    return after


def after_estimates(picture: Row, message: Row) -> Row:
    """Estimates have no number: the next replace them."""
    told = {row["id"]: row["estimate"] for row in message["queues"]}
    queues = [{**row, "estimate": told.get(row["id"], row["estimate"])} for row in picture["queues"]]
    return {**picture, "queues": queues}


def placed(old: list[Row], rows: list[Row]) -> list[Row]:
    fresh = {row["id"]: row for row in rows}
    return [*(fresh.pop(row["id"], row) for row in old), *fresh.values()]
