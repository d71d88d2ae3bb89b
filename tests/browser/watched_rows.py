"""Rows of an invented hall as pages get them: 18 queues, 42 windows, six zones on three loudspeaker circuits."""

from datetime import datetime, timedelta, timezone
from typing import Any

NOW = datetime(2026, 11, 24, 10, 4, 5, tzinfo=timezone(timedelta(hours=8)))
Row = dict[str, Any]


def ago(**span: float) -> str:
    """A moment before the hall's now, as the pages get it."""
    return (NOW - timedelta(**span)).isoformat(timespec="seconds")


def ahead(**span: float) -> str:
    """A moment after the hall's now."""
    return (NOW + timedelta(**span)).isoformat(timespec="seconds")


def wait(low: int, likely: int, high: int) -> Row:
    """An estimate in whole minutes."""
    return {
        "likely_minutes": likely,
        "low_minutes": low,
        "high_minutes": high,
        "start_at": ahead(minutes=likely),
        "finish_at": ahead(minutes=likely + 9),
    }


ZONES = [
    ("1A", 1, "一楼A区 综合服务区", "AZ1", "进门右侧"),
    ("1B", 1, "一楼B区 社保医保区", "AZ1", "进门左侧"),
    ("2C", 2, "二楼C区 企业服务区", "AZ2", "乘扶梯上二楼左转"),
    ("2D", 2, "二楼D区 公安服务区", "AZ2", "乘扶梯上二楼右转"),
    ("3E", 3, "三楼E区 不动产公积金区", "AZ3", "乘电梯上三楼左转"),
    ("3F", 3, "三楼F区 工程建设区", "AZ3", "乘电梯上三楼右转"),
]
QUEUES = [
    ("A", "综合咨询", "1A", 3, wait(0, 5, 10)),
    ("B", "综合办事(个人事项)", "1A", 9, wait(20, 25, 30)),
    ("C", "跨域通办(川渝通办)", "1A", 1, wait(5, 10, 20)),
    ("D", "一件事一次办", "1A", 2, wait(15, 20, 30)),
    ("E", "帮办代办", "1A", 0, wait(0, 0, 0)),
    ("X", "“办不成事”反映", "1A", 1, {"unknown": "no_open_window"}),
    ("S", "综合出件(领证取件)", "1A", 2, wait(0, 5, 10)),
    ("F", "社会保险", "1B", 7, wait(15, 20, 25)),
    ("G", "医疗保障", "1B", 4, wait(5, 10, 15)),
    ("H", "企业开办与市场准入", "2C", 5, wait(15, 20, 25)),
    ("J", "税务", "2C", 8, wait(20, 25, 35)),
    ("P", "政策兑现", "2C", 0, wait(0, 0, 0)),
    ("K", "户政", "2D", 11, wait(25, 30, 40)),
    ("L", "出入境", "2D", 6, wait(15, 20, 25)),
    ("M", "不动产登记", "3E", 3, wait(10, 15, 25)),
    ("N", "住房公积金", "3E", 1, wait(0, 5, 10)),
    ("R", "工程建设项目审批", "3F", 2, wait(20, 35, 50)),
    ("T", "水电气讯联办", "3F", 0, {"unknown": "no_open_window"}),
]
# numbers of the windows of each queue, as in the sample hall
SERVED_BY: list[tuple[str, list[int]]] = [
    ("A", [1, 2]), ("B", [3, 4, 5, 6, 7, 8]), ("C", [9]), ("D", [10, 11]), ("E", [12]), ("X", [13]), ("S", [14]),
    ("F", [15, 16, 17, 18, 19]), ("G", [20, 21, 22, 23]), ("H", [24, 25, 26, 27]), ("J", [28, 29, 30]), ("P", [31]),
    ("K", [32, 33, 34]), ("L", [35, 36]), ("M", [37, 38, 39]), ("N", [40]), ("R", [41]), ("T", [42]),
]  # fmt: skip
SECONDARY = {"A": ["B"], "B": ["C", "D"], "C": ["B"], "D": ["B"], "E": ["B"], "S": ["A"], "F": ["G"], "G": ["F"]}


def hall_answer() -> Row:
    """GET hall."""
    zone_of = {prefix: zone for prefix, _, zone, _, _ in QUEUES}
    names = {zone: name for zone, _, name, _, _ in ZONES}
    return {
        "code": "DEMO",
        "name": "示范区政务服务中心",
        "short_name": "示范区政务中心",
        "name_en": "Demo Service Hall",
        "timezone": "Asia/Shanghai",
        "accent": "#0E5A63",
        "hotline": "12345",
        "languages": ["zh-CN", "en"],
        "demo": False,
        "zones": [
            {"id": id_, "floor": floor, "floor_name": name[:2], "name": name, "audio": audio, "route": route}
            for id_, floor, name, audio, route in ZONES
        ],
        "queues": [
            {
                "prefix": prefix, "name": name, "name_en": "", "zone": zone, "type": "general",
                "windows": [number for queue, numbers in SERVED_BY if queue == prefix for number in numbers],
                "secondary_windows": [
                    number for queue, numbers in SERVED_BY if prefix in SECONDARY.get(queue, []) for number in numbers
                ],
            }
            for prefix, name, zone, _, _ in QUEUES
        ],
        "windows": [
            {
                "number": number, "zone": zone_of[queue], "zone_name": names[zone_of[queue]], "type": "general",
                "type_name": "综合办事窗口", "primary": [queue], "secondary": SECONDARY.get(queue, []),
                "tidal": number in {8, 23, 34},
            }
            for queue, numbers in SERVED_BY
            for number in numbers
        ],
        "audio_zones": [
            {"id": "AZ1", "name": "一楼广播"}, {"id": "AZ2", "name": "二楼广播"}, {"id": "AZ3", "name": "三楼广播"},
        ],
        "hours": {
            "today": [
                {"name": "上午", "opens": "09:00", "closes": "12:00"},
                {"name": "下午", "opens": "14:00", "closes": "17:30"},
            ],
            "open_now": True,
            "next_open_at": "2026-11-25T09:00:00+08:00",
            "kiosk_open_minutes_before": 10,
        },
        "pause_limit_minutes": 15,
        "screens": [
            {"id": "MS1", "zone": "1A", "kind": "main", "width": 1920, "height": 1080},
            {"id": "MS2", "zone": "1B", "kind": "main", "width": 1920, "height": 1080},
            {"id": "MS3", "zone": "2C", "kind": "main", "width": 1080, "height": 1920},
        ],
        "notices": [],
    }  # fmt: skip


def queue_rows() -> list[Row]:
    """Rows of picture.queues."""
    return [
        {
            "id": prefix, "prefix": prefix, "name": name, "zone": zone, "waiting": waiting,
            "open_windows": 0 if "unknown" in estimate else 1, "planned_windows": 1,
            "longest_since": ago(minutes=3 * waiting) if waiting else None,
            "estimate": estimate, "offered": True, "warn": waiting > 10,
        }
        for prefix, name, zone, waiting, estimate in QUEUES
    ]  # fmt: skip


def window_row(number: int, state: str = "open", **facts: Any) -> Row:
    """A row of picture.windows."""
    queue = next(prefix for prefix, numbers in SERVED_BY if number in numbers)
    zone = next(zone for prefix, _, zone, _, _ in QUEUES if prefix == queue)
    row: Row = {
        "id": number, "number": number, "zone": zone, "type": "general", "type_name": "综合办事窗口", "state": state,
        "since": ago(minutes=2, seconds=number), "overrun": False, "after_hours": False, "sign": None, "ticket": None,
        "clerk": None if state == "closed" else f"工号{number:03d}", "pause": None,
        "queues": [queue], "secondary": SECONDARY.get(queue, []),
    }  # fmt: skip
    return row | facts


def ticket_at(number: str, state: str, **facts: Any) -> Row:
    """The ticket of a window row."""
    return {
        "id": f"T-{number}", "number": number, "queue": number.lstrip("YVZ")[0], "state": state,
        "called_at": ago(minutes=3), "started_at": ago(minutes=2) if state == "serving" else None,
        "calls": 1, "flags": [], **facts,
    }  # fmt: skip


def call_row(seq: int, number: str, window: int, **facts: Any) -> Row:
    """A row of picture.calls; seq is the number of its event."""
    at_window = window_row(window)
    flags = {"Y": ["appointment"], "V": ["priority"]}.get(number[0], [])
    return {
        "id": str(seq), "ticket_id": f"T-{number}", "number": number, "queue": number.lstrip("YVZ")[0],
        "window": window, "zone": at_window["zone"], "floor": int(at_window["zone"][0]),
        "at": ago(minutes=max(0, 100 - seq)), "calls": 1,
        "flags": flags, **facts,
    }  # fmt: skip
