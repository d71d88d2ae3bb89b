"""The clerk's console (叫号台): a page for the desk, its printed forms, and the same desk in a terminal.

`blueprint.py` serves the pages, `forms.py` says what stands on forms E, F and G, `python3 -m caller` is the terminal
(its loop is `terminal_desk.py`). All that they show and do goes through `/api/v1`, like any other client.
"""
