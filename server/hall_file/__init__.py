"""The hall file: what a hall says about itself in YAML, checked whole, made into the plan that the rules read.

yaml_source   text → nested texts with their lines        yaml_mistakes  what is wrong as YAML
values, part, schema*   every key, its kind and default   explain        what pydantic found, in two languages
references    names that must be unique or must exist     consistency    rules across several places
make_plan     checked file → `domain.plan.HallPlan`       reading        all of it in order
"""

from server.hall_file.mistakes import HallFileError, Mistake
from server.hall_file.reading import read, read_text

__all__ = ["HallFileError", "Mistake", "read", "read_text"]
