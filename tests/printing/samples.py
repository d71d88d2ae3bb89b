"""A hall and tickets as the server answers them; everything in them is invented."""

from typing import Any

URL = "http://192.168.10.20:8000/t/Ab3dE6gH9jK2mN5p"
ADVICE = "请您在等候区稍作等待,注意叫号以免过号。叫号三次未到视为过号,可在30分钟内恢复一次。号码当日有效。"
NOTICE = {
    "text": "下班时间17:30,您预计18:05办完。您选择了继续等候,本号一直有效,请放心。",
    "text_en": "We close at 17:30; you will probably be finished at 18:05. Your number stays valid.",
}
NO_WINDOW = {"unknown": "no_open_window"}


def hall(**slip: Any) -> dict[str, Any]:
    """A hall answer; `slip` overrides its slip settings."""
    return {
        "name": "示范区政务服务中心(演示)",
        "name_en": "Demo Service Centre",
        "hotline": "12345",
        "slip": {"paper_mm": 80, "advice": ADVICE} | slip,
        "queues": [{"prefix": "M", "name": "不动产登记", "name_en": "Real estate"}],
        "items": [{"code": "M2", "name": "二手房转移登记", "name_en": "Transfer of a home"}],
    }


def ticket(number: str = "M019", **changes: Any) -> dict[str, Any]:
    """A ticket answer; `changes` override its fields."""
    return {
        "id": f"id-{number}",
        "token": "Ab3dE6gH9jK2mN5p",
        "number": number,
        "state": "waiting",
        "queue": "M",
        "queue_name": "不动产登记",
        "item": "M2",
        "item_name": "二手房转移登记",
        "ahead": 4,
        "estimate": {"likely_minutes": 32, "low_minutes": 25, "high_minutes": 40},
        "where": {
            "zone_name": "三楼E区 不动产公积金区",
            "windows": [37, 38, 39],
            "text": "三楼E区 不动产公积金区 37–39 号窗口",
            "text_en": "Floor 3, Zone E, windows 37–39",
            "route": "乘电梯上三楼左转",
        },
        "issued_at": "2026-11-24T17:10:22+08:00",
        "print": "pending",
        "url": URL,
    } | changes
