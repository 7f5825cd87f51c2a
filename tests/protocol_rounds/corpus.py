"""案例集 (corpus): honest odd rounds and tampered ones, each by name with what must be said of it."""

from protocol_rounds import (
    forged_calendars,
    forged_chains,
    forged_changes,
    forged_frames,
    forged_home,
    forged_lists,
    forged_people,
    forged_records,
    forged_sources,
    forged_supplements,
    given_up,
    honest_cases,
    public_alone,
    random_rounds,
    tampered_bytes,
    tampered_paths,
)
from protocol_rounds.cases import Case

PARTS = (
    honest_cases,
    random_rounds,
    tampered_bytes,
    forged_sources,
    forged_frames,
    forged_lists,
    forged_calendars,
    forged_people,
    forged_supplements,
    forged_changes,
    forged_records,
    forged_chains,
    tampered_paths,
    public_alone,
    given_up,
    forged_home,
)


def corpus() -> dict[str, Case]:
    """Return all cases by name."""
    cases = [case for part in PARTS for case in part.cases()]
    result = {case.name: case for case in cases}
    if len(result) < len(cases):
        names = [case.name for case in cases]
        raise KeyError(f"two cases are called {sorted({name for name in names if names.count(name) > 1})}")
    return result
