"""公开部分 (9, 10): what can be forged in the public folder alone, open lists above all."""

from collections.abc import Callable

from second_reader.encoding import to_json

from protocol_rounds.cases import Case, Files, changing, forged, rehashed, setting
from protocol_rounds.forged_frames import nudged
from protocol_rounds.forged_lists import swap_last
from protocol_rounds.forged_sources import reused
from protocol_rounds.lotteries import fc3d, ssq
from protocol_rounds.scenarios import plain

FOLDER = "public/2026-12"
FRAME, C = "frame.csv", "commitment.json"


def shown(task_id: str, stratum: str) -> Callable[[Files], None]:
    """Return an edit by which a public strata table names another stratum."""
    path = f"{FOLDER}/open/{task_id}/strata.json"
    return lambda files: files.update({path: files[path].replace(b'"s1"', stratum.encode())})


def cases() -> list[Case]:
    """Return all cases about the public folder alone."""
    weak = fc3d("2026-11-28T21:25:00+08:00", "1") + ssq("2026-11-29T21:15:00+08:00", "1")
    listed = {"lists:open-02": changing(swap_last)}
    held = setting("2026-11-29T21:14:59+08:00", "held", "ssq-red")
    sealed = f"audit/2026-12/tasks/fire-01/{FRAME}"
    return [
        forged("in public: a reserve unit on an open list", "result.json", plain, listed, folder=FOLDER),
        forged(
            "in public: L of an open frame", "open/open-02", plain, {"task:open-02": changing(nudged(1))}, folder=FOLDER
        ),
        forged("in public: too little entropy", C, plain, {"commitment": setting(weak, "sources")}, folder=FOLDER),
        forged("in public: a lottery held too early", "reveal.json", plain, {"reveal": held}, folder=FOLDER),
        forged(
            "in public: the second draw uses the first one's lottery",
            "roster_commitment.json",
            plain,
            {"roster_commitment": setting(reused(), "sources")},
            folder=FOLDER,
        ),
        forged(
            "in public: a seed from nowhere",
            "reveal.json",
            plain,
            {"seed:reveal": lambda seed, _: bytes(32)},
            folder=FOLDER,
        ),
        forged(
            "in public: another frame root of an open task",
            (C, FRAME),
            plain,
            {"commitment": setting("0" * 64, "tasks", -1, "frame_root")},
            folder=FOLDER,
        ),
        rehashed("in public: another stratum", ("strata.json", FRAME), plain, shown("open-02", '"s2"'), folder=FOLDER),
        rehashed(
            "in public: an open frame gone",
            FRAME,
            plain,
            lambda files: files.pop(f"{FOLDER}/open/open-02/{FRAME}") and None,
            folder=FOLDER,
        ),
        rehashed(
            "in public: a sealed frame shown",
            "fire-01",
            plain,
            lambda files: files.update({f"{FOLDER}/open/fire-01/{FRAME}": files[sealed]}),
            folder=FOLDER,
        ),
        rehashed(
            "in public: a reveal without result",
            "result.json",
            plain,
            lambda files: files.pop(f"{FOLDER}/result.json") and None,
            folder=FOLDER,
        ),
        rehashed(
            "in public: a roster commitment to nothing",
            "roster_commitment.json",
            plain,
            lambda files: files.update({f"{FOLDER}/roster_commitment.json": to_json({})}),
            folder=FOLDER,
        ),
    ]
