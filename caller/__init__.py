"""The clerk's console (叫号台): a page for the desk, and later a terminal for the number pad.

`blueprint.py` serves the page; everything it shows and does goes through `/api/v1`, like any other client.
"""
