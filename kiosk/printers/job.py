"""A slip's picture as ESC/POS bytes, made by python-escpos for printers of any brand."""

from PIL import Image

BAND_ROWS = 128  # cheap printers hold no more of one GS v 0 picture
PROFILES = {384: "POS-5890", 576: "NT-80-V-UL"}  # by dots: 58 mm without cutter, 80 mm with one
FEED_WITHOUT_CUTTER = 4  # lines, so that the last one passes the tear bar


def escpos_job(image: Image.Image, profile: str = "") -> bytes:
    """Everything to send for one slip: reset, the picture in bands, feed and cut.

    The cut leaves a hinge, so that slips nobody takes hang on instead of dropping to the floor.
    `profile` names one of python-escpos's printer profiles; by default one that suits the width.
    """
    from escpos.printer import Dummy  # reads a big table of printers; only when something is printed

    printer = Dummy(profile=profile or PROFILES[image.width])
    printer.hw("INIT")
    printer.image(image, impl="bitImageRaster", fragment_height=BAND_ROWS)
    if printer.profile.supports("paperFullCut") or printer.profile.supports("paperPartCut"):
        printer.cut(mode="PART")
    else:
        printer.print_and_feed(FEED_WITHOUT_CUTTER)
    return bytes(printer.output)
