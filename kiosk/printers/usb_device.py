"""A printer on USB, by python-escpos and libusb. Not tried on hardware."""

from typing import Any

from kiosk.printers.link import LinkError

IN_ENDPOINT, OUT_ENDPOINT = 0x82, 0x01  # the usual ones; `lsusb -v` shows a printer's own
STUCK_MS = 10_000
ANSWER_MS = 3_000


class UsbLink:
    """One opening of the device with this vendor and product."""

    def __init__(
        self, vendor: int, product: int, *, read_from: int = IN_ENDPOINT, write_to: int = OUT_ENDPOINT
    ) -> None:
        from escpos.exceptions import Error
        from escpos.printer import Usb

        self._read_from = read_from
        self._printer: Any = Usb(vendor, product, timeout=STUCK_MS, in_ep=read_from, out_ep=write_to)
        try:
            self._printer.open()
        except (Error, OSError, ValueError) as error:  # ValueError: no libusb on this machine
            raise LinkError(str(error)) from error

    def write(self, data: bytes) -> None:
        """See `Link`."""
        try:
            self._printer.device.write(self._printer.out_ep, data, STUCK_MS)
        except OSError as error:  # libusb's errors are OSErrors
            raise LinkError(str(error)) from error

    def ask(self, question: bytes) -> int | None:
        """See `Link`."""
        from usb.core import USBTimeoutError

        self.write(question)
        try:
            answer = self._printer.device.read(self._read_from, 16, ANSWER_MS)
        except USBTimeoutError:
            return None
        except OSError as error:
            raise LinkError(str(error)) from error
        return int(answer[0]) if len(answer) else None

    def close(self) -> None:
        """See `Link`."""
        self._printer.close()
