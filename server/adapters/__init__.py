"""The outside world: database, clock, voice, codes. Only `bootstrap` names what is in here."""
