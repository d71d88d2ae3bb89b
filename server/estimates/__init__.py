"""How long people wait: the known hall, walked forward. Pure; NumPy at most."""
