"""How a reload is told to the program that started it: lines of JSON on standard output."""

import json
import os
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from knowledge.errors import KhabarError, RefusedGeneration, ReloadInProgress

if TYPE_CHECKING:
    from knowledge.corpus.reload import Progress, ReloadReport

_NICER_BY = 10
_AT_MOST_EACH_S = 0.2
_REASONS = 20
"""So many of what was left out are named; all are counted."""


def tell_reload(work: "Callable[[Progress], ReloadReport | None]") -> bool:
    """Whether all went well; tells how far `work` is, and at the end its report or the error.

    The process gives way to others: they answer questions.
    """
    os.nice(_NICER_BY)
    try:
        report = work(_Telling().tell)
    except KhabarError as error:
        _print({"error": str(error), "result": _result(error)})
        return False
    _print({"report": report and report_as_json(report)})
    return report is None or not report.failed


def report_as_json(report: "ReloadReport") -> dict[str, Any]:
    """What a reload did; of what it left out the numbers, and the first names with their reasons."""
    left_out: dict[str, Any] = {}
    for name in ("skipped", "duplicates"):
        items = getattr(report, name)
        left_out[name] = {"count": len(items), "first": [asdict(item) for item in items[:_REASONS]]}
    failed = [asdict(source) for source in report.failed]
    counts = {name: getattr(report, name) for name in ("added", "changed", "removed", "unchanged")}
    served = {"generation": report.generation, "published": report.published, "took_s": report.took_s}
    return {**served, **counts, **left_out, "failed": failed}


class _Telling:
    """Tells the beginning and the end of each phase, and between them a few times a second how far it is."""

    def __init__(self) -> None:
        self._phase = ""
        self._told_s = 0.0

    def tell(self, phase: str, done: int, total: int | None) -> None:
        now_s = time.monotonic()
        if phase == self._phase and done != total and now_s - self._told_s < _AT_MOST_EACH_S:
            return
        self._phase, self._told_s = phase, now_s
        _print({"phase": phase, "done": done, "total": total})


def _print(line: dict[str, Any]) -> None:
    print(json.dumps(line, ensure_ascii=False), flush=True)


def _result(error: KhabarError) -> str:
    match error:
        case RefusedGeneration():
            return "refused"
        case ReloadInProgress():
            return "busy"
    return "failed"
