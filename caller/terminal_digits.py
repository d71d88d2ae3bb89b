"""A ticket's number in large signs, five rows high, for somebody who looks from an arm's length."""

from __future__ import annotations

ROWS = 5
SIGN_COLUMNS = 6  # three dots of two columns each

# Each sign: five rows of three dots, as numbers from 0 to 7.
_DOTS = {
    "0": "75557", "1": "26227", "2": "71747", "3": "71717", "4": "55711", "5": "74717", "6": "74757", "7": "71222",
    "8": "75757", "9": "75717", "A": "25755", "B": "65656", "C": "34443", "D": "65556", "E": "74647", "F": "74644",
    "G": "34553", "H": "55755", "I": "72227", "J": "11153", "K": "55655", "L": "44447", "M": "57755", "N": "57775",
    "O": "25552", "P": "65644", "Q": "25563", "R": "65655", "S": "34216", "T": "72222", "U": "55557", "V": "55552",
    "W": "55775", "X": "55255", "Y": "55222", "Z": "71247", "-": "00700",
}  # fmt: skip


def large(text: str) -> list[list[tuple[int, int]]]:
    """Five rows, each a list of (column, columns) to be filled; signs without a drawing are left out."""
    rows: list[list[tuple[int, int]]] = [[] for _ in range(ROWS)]
    signs = [_DOTS[sign] for sign in text.upper() if sign in _DOTS]
    for place, dots in enumerate(signs):
        left = place * (SIGN_COLUMNS + 2)
        for row, value in enumerate(dots):
            rows[row] += [(left + 2 * dot, 2) for dot in range(3) if int(value) >> (2 - dot) & 1]
    return rows
