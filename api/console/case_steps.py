"""Which step of a case its page puts first, which beside it, and which under one fold."""

from collections.abc import Set as AbstractSet
from typing import Any

from api.cases.models import State

FORMS = {
    "answer": "tra-loi",
    "draft": "trinh-duyet",
    "send_back": "tra-lai",
    "supplement_given": "nhan-bo-sung",
    "returned": "nhan-lai",
    "withhold": "khong-cong-khai",
    "assign": "giao",
    "supplement_asked": "yeu-cau-bo-sung",
    "transferred_out": "chuyen-di",
    "refuse": "khong-tiep-nhan",
    "reclassify": "phan-loai",
    "judge": "ket-luan",
    "merge": "gop",
    "unmerge": "bo-gop",
    "split": "tach",
    "transferred_in": "chuyen-den",
    "withdraw": "rut",
    "hurry": "danh-dau-gap",
    "unhurry": "bo-dau-gap",
    "unrestrict": "bo-han-che",
    "reopened": "mo-lai",
    "note": "ghi-chu",
    "corrected": "dinh-chinh",
}
"""The moves that have a fold of their own, in the order of the page, and where they are sent."""

_MOST_COMMON = 3
_COMMON = {
    State.RECEIVED: ("answer", "assign", "refuse", "supplement_asked"),
    State.IN_PROGRESS: ("assign", "supplement_asked", "transferred_out"),
    State.SUPPLEMENT: ("supplement_given", "assign", "note"),
    State.TRANSFERRED: ("answer", "draft", "returned", "note"),
    State.DRAFTED: ("send_back", "assign", "note"),
    State.ANSWERED: ("withhold", "reopened", "note"),
    State.PUBLISHED: ("reopened", "judge", "note"),
    State.WITHHELD: ("reopened", "judge", "note"),
    State.REFUSED: ("reopened", "note"),
    State.MERGED: ("unmerge", "note"),
}


def arranged(state: State, offered: dict[str, Any], path: str) -> dict[str, Any]:
    """Return the names of the first move ("" while others are awaited), the common, the rest.

    offered is what case_view.offered gives. path is the address of the request: a form that was
    refused is shown open again.
    """
    moves: AbstractSet[str] = offered["moves"]
    first = _first(state, moves)
    folds = [name for name in FORMS if name in moves and name != first]
    if not offered["needs_approval"] and "draft" in folds:
        folds.remove("draft")
    common = [name for name in _COMMON.get(state, ("note",)) if name in folds][:_MOST_COMMON]
    sent = {form: name for name, form in FORMS.items()}
    return {
        "first": first,
        "common": common,
        "rest": [name for name in folds if name not in common],
        "tried": sent.get(path.rsplit("/", 1)[-1], ""),
    }


def _first(state: State, moves: AbstractSet[str]) -> str:
    wanted = ["accept", "approve", "publish"]
    if state is State.IN_PROGRESS:
        wanted += ["answer", "draft"]
    return next((name for name in wanted if name in moves), "")
