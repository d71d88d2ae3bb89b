"""The QR code of a slip: error correction M, whole dots per module, four white modules around it."""

import qrcode
from PIL import Image
from qrcode.constants import ERROR_CORRECT_M

QUIET_ZONE = 4  # modules; ISO/IEC 18004 asks for four
DOTS_PER_MM = 8  # 203 dots an inch
SMALLEST_MM = 25  # below this, phones of old people fail in the light of a hall
LARGEST_DOTS = 264  # what fits beside its words on 80 mm paper
MODULE_DOTS = (7, 6, 5, 4)


class QrTooLong(ValueError):
    """The text needs more modules than the paper has dots for."""


def qr_image(text: str) -> Image.Image:
    """A square black-and-white picture, quiet zone included, of 25 to 33 mm a side.

    Raises QrTooLong when modules would have to be smaller than half a millimetre.
    """
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    side = len(rows)
    dots = next((dots for dots in MODULE_DOTS if side * dots <= LARGEST_DOTS), None)
    if dots is None:
        raise QrTooLong(f"{len(text)} characters make {side} modules")
    picture = Image.new("1", (side, side))
    picture.putdata([0 if dark else 255 for row in rows for dark in row])
    return picture.resize((side * dots, side * dots), Image.Resampling.NEAREST)
