"""The rules of the hall: pure functions and frozen values, standard library only, time is an argument."""
