"""Slip printers behind one small face.

- `face.py`: what every printer can do, and what it may answer.
- `spec.py`: `network:192.168.1.50` and its like, as typed by the person who sets a kiosk up.
- `job.py`: a picture as ESC/POS bytes; `sensors.py`: the printer's status bytes as words.
- `conversation.py`: the conversation (ask, send, wait, ask again) over any `link.py`:
  `network.py`, `serial_line.py`, `usb_device.py`.
- `spooler.py`: hands the job to the system's print queue. `virtual.py`: writes it into a folder.

A new kind of printer is a new link, or a new class with this face, and one line in `spec.py`.
"""

from kiosk.printers.face import Printer, PrinterState, PrintResult
from kiosk.printers.spec import SpecError, open_printer

__all__ = ["PrintResult", "Printer", "PrinterState", "SpecError", "open_printer"]
