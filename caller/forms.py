"""The three documents of clause 4.2.2.4 as data: 受理通知书 (appendix E), 不予受理通知书 (F), 一次性告知书 (G).

The words are those of the standard's forms. A `Blank` is a line that the page fills from the ticket or that the clerk
writes, on the screen or on paper; nothing of it is sent anywhere. `Boxes` are ticked one by one.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Blank:
    """A line to be filled: its name, what it is for, and its least width in characters.

    `lead` are words that stay in the same line with it; `lines` asks for so many ruled lines.
    """

    name: str
    label: str
    em: float
    lead: str = ""
    lines: int = 0


@dataclass(frozen=True)
class Boxes:
    """Boxes to tick, in one line, with what stands between them."""

    names: tuple[str, ...]
    between: str


Part = str | Blank | Boxes


@dataclass(frozen=True)
class Paragraph:
    """Text and blanks in their order; `kind` is its look: address, text, lines, closing, people, fields, notice."""

    kind: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Form:
    """One document: its title, what is on it before and after the list of materials, and how many copies there are."""

    letter: str
    title: str
    before: tuple[Paragraph, ...]
    after: tuple[Paragraph, ...]
    copies: tuple[str, ...]
    materials: bool = False
    receipt: bool = False
    closing: str = ""


APPLICANT = Blank("applicant", "申请单位或个人", 12)
ITEM = Blank("item", "事项", 8)
CASE = Blank("case", "办件流水号", 9)
PHONE = Blank("phone", "联系电话", 7, "联系电话：")
COMPLAINT = Blank("complaint", "投诉电话", 7, "投诉电话：")
PROCEDURES = Boxes(("听证", "招标", "拍卖", "检验", "检测", "检疫", "测绘", "鉴定", "专家评审"), "、")
FAULTS = Boxes(("材料不齐全", "不符合法定形式"), "　")

_ADDRESS = Paragraph("address", (APPLICANT, "单位（同志）："))
_RECEIVED: tuple[Part, ...] = ("已收到您单位（个人）申请办理", ITEM, "事项（办件流水号：", CASE, "）所提交的")
_SO_TOLD = Paragraph("closing", ("特此告知！",))
_SIGNATURE = Paragraph("fields", (Blank("signature", "申请人签字", 10, "申请人（签字）："),))
_TWO_COPIES = "本文书一式二份，一份送达，一份归档。"


def _people(who: str) -> Paragraph:
    return Paragraph("people", (Blank("clerk", who, 5, f"{who}："), PHONE, COMPLAINT))


ACCEPTED = Form(
    letter="E",
    title="受理通知书",
    copies=("服务对象留存",),
    receipt=True,
    before=(
        _ADDRESS,
        Paragraph(
            "text",
            (
                *_RECEIVED,
                "全套申请材料。经审查，申请资料齐全、符合法定形式，现予受理。我们将在",
                Blank("days", "工作日数", 3),
                "个工作日内予以办结。其中，该事项受理后依法需要的以下程序：",
                PROCEDURES,
                "（可根据实际情况选择），不计入法定时限之内。",
            ),
        ),
        _SO_TOLD,
        _people("受理人"),
        Paragraph("notice", ("友情提醒：本受理单仅作为服务对象申请受理证明，与审批结果无相关性。",)),
        Paragraph(
            "fields",
            (
                "结果送达方式：",
                Boxes(("窗口领取",), ""),
                "，",
                Blank("collect", "领取窗口编号", 3, "领取窗口编号："),
                "　",
                Boxes(("邮寄",), ""),
                "（直接在邮递封套上填写邮递信息）",
            ),
        ),
        _SIGNATURE,
    ),
    after=(),
)

REFUSED = Form(
    letter="F",
    title="不予受理通知书",
    copies=("送达", "归档"),
    closing=_TWO_COPIES,
    before=(
        _ADDRESS,
        Paragraph(
            "text",
            (
                *_RECEIVED,
                "申请材料。依法进行初审后，不予受理您单位（个人）申请事项。不予受理的理由和依据如下：",
            ),
        ),
        Paragraph("lines", (Blank("grounds", "不予受理的理由和依据", 20, lines=5),)),
        _SO_TOLD,
        _people("受理人"),
        _SIGNATURE,
    ),
    after=(),
)

TOLD_AT_ONCE = Form(
    letter="G",
    title="一次性告知书",
    copies=("送达", "归档"),
    closing=_TWO_COPIES,
    materials=True,
    before=(
        _ADDRESS,
        Paragraph(
            "text",
            (
                *_RECEIVED,
                "申请材料。依法进行初审后，因您所提交的材料不齐全（或不符合法定形式），暂时不能受理。",
                "请您将下述材料尽快补齐/补正后再到窗口办理。需补交或更正的材料如下：",
            ),
        ),
    ),
    after=(_SO_TOLD, _people("联系人"), _SIGNATURE),
)

FORMS = {form.letter: form for form in (ACCEPTED, REFUSED, TOLD_AT_ONCE)}
