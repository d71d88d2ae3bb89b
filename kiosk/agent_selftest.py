"""A slip that shows whether a printer works: edges, black ground, rare characters, a code to scan."""

from datetime import datetime

from PIL import Image

from kiosk.printers import PrintResult
from kiosk.slip import draw_slip

HALL = {
    "name": "打印测试",
    "slip": {
        "lines": ["hall", "queue_name", "ticket", "where", "advice", "qr", "taken_at"],
        "advice": "请检查：文字清晰，黑底均匀，两侧没有切边，二维码能扫出本机编号。生僻字：䶮、〇、堃。",
    },
}
RESULTS = {
    "printed": "已打印 Printed",
    "failed": "没有打印 Not printed",
    "unknown": "无法确认是否打印 Sent, but the printer does not answer",
}


def sample_slip(kiosk_id: str, paper_mm: int | None = None) -> Image.Image:
    """The picture of a test slip, for paper of 58 or 80 mm."""
    ticket = {
        "number": "TEST",
        "queue": kiosk_id[:1],
        "queue_name": f"取号机 {kiosk_id}",
        "where": {"text": "黑底白字 12345", "route": "ESC/POS, GS v 0"},
        "issued_at": datetime.now().astimezone().isoformat(timespec="seconds"),
        "url": f"kiosk {kiosk_id}",
    }
    return draw_slip(ticket, HALL, paper_mm=paper_mm)


def in_words(result: PrintResult) -> str:
    """A result for the person at the machine."""
    return RESULTS[result.state] + (f" ({result.problem})" if result.problem else "")
