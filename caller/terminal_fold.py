"""Old picture + news = new picture, as on every page (docs/news.md): rows arrive finished and take their place."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def apply(picture: Json, news: Json) -> Json:
    """The picture after one piece of news; the old one is left alone."""
    changed = dict(news.get("changed") or {})
    folded = {**picture, **changed.pop("hall", {}), "seq": news["seq"], "at": news["at"]}
    for name, rows in changed.items():
        if isinstance(picture.get(name), list) and isinstance(rows, list):
            folded[name] = _placed(picture[name], rows)
    for name, ids in (news.get("removed") or {}).items():
        if isinstance(folded.get(name), list):
            folded[name] = [row for row in folded[name] if row["id"] not in ids]
    return folded


def apply_estimates(picture: Json, told: Json) -> Json:
    """The picture with new estimates; they have no number because the next one replaces them anyway."""
    estimates = {row["id"]: row["estimate"] for row in told["queues"]}
    queues = [{**row, "estimate": estimates.get(row["id"], row["estimate"])} for row in picture["queues"]]
    return {**picture, "queues": queues}


def _placed(old: list[Json], rows: list[Json]) -> list[Json]:
    changed = {row["id"]: row for row in rows}
    kept = [changed.pop(row["id"], row) for row in old]
    return kept + list(changed.values())
