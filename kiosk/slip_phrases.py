"""The fixed words of a slip, Chinese and English."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Phrases:
    """The fixed words of a slip in one language."""

    ahead: str
    people: str
    your_turn: str
    time_open: str
    you: str
    no_wait: str
    minutes: str
    hours: str
    minutes_within: str
    no_window: str
    after_hours: str
    scan: str
    scan_why: str
    taken: str
    printed_again: str
    hotline: str


CHINESE = Phrases(
    ahead="前面",
    people="人",
    your_turn="预计轮到您",
    time_open="时间待定",
    you="您",
    no_wait="现在不用等",
    minutes="约 {range} 分钟",
    hours="约 {range} 小时",
    minutes_within="{high} 分钟以内",
    no_window="窗口开放后依次叫号",
    after_hours="延时服务",
    scan="微信扫一扫",
    scan_why="看前面还有几人，叫到您时会提醒，也可以取消号码",
    taken="{time} 取号",
    printed_again="{time} 取号（补打）",
    hotline="咨询投诉 {number}",
)
ENGLISH = Phrases(
    ahead="Ahead",
    people="",
    your_turn="Your turn, expected",
    time_open="Not yet known",
    you="You",
    no_wait="No waiting now",
    minutes="about {range} min",
    hours="about {range} hours",
    minutes_within="within {high} min",
    no_window="called once a window opens",
    after_hours="After-hours service",
    scan="Scan by phone",
    scan_why="Follow the line, be told when you are called, or give up your number",
    taken="Taken {time}",
    printed_again="Taken {time} (reprint)",
    hotline="Help {number}",
)
ADVICE_EN = "Please wait in the waiting area and watch for your number. It is valid today only."
