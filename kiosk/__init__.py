"""The citizen's machine: the page where numbers are taken, and the agent that prints them.

Tour:
- `blueprint.py`, `templates/`, `static/`: the page. The server shows it too, without an agent and so without paper.
- `__main__.py`, `settings.py`: `python3 -m kiosk`, the agent on the machine itself.
- `agent*.py`: what the agent does: the local door (`agent_web`), the paper (`agent_desk`, `agent_ledger`),
  what it tells the server and learns from it (`agent_beats`).
- `relay*.py`: passes pages, calls and the socket on to the server, with the machine's own token.
- `slip*.py`: draws a slip as black dots.
- `printers/`: gets the dots onto paper, and says honestly whether they got there.

Nothing here holds a rule of the hall: the server decides, the kiosk shows and prints.
"""

__version__ = "1.0.0"
