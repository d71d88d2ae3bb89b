"""Screens that only watch: the hall and zone screens, the window signs, the manager's board and the phone page.

Tour:
- `blueprint.py`: the addresses. It reads no database: a page fetches its picture and follows the news by itself.
- `templates/`: one page each, readable before the socket connects.
- `static/`: one entry module and one style sheet a page, and the small modules that they share
  (`wait-words.js`, `call-stage.js`, `loudspeaker.js`, `hall-time.js`, …).

Nothing here sends a command to the hall; only the manager's board signs in.
"""
