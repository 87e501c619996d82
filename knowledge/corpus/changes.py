"""What a generation changes against the one that is served."""

from dataclasses import dataclass

import numpy as np

from knowledge.corpus.contents import Contents
from knowledge.corpus.known import Known


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes in numbers of articles, copies of others among them."""

    added: int
    changed: int
    removed: int
    unchanged: int

    def __bool__(self) -> bool:
        """Whether the articles are other ones than before."""
        return bool(self.added or self.changed or self.removed)

    @property
    def before(self) -> int:
        """How many articles there were."""
        return self.changed + self.removed + self.unchanged


def changes_to(contents: Contents, before: Known) -> Changes:
    """What changes when these contents take the place of what was known before."""
    unchanged = int(np.count_nonzero(before.unchanged(contents.ids, contents.marks) >= 0))
    both = len(set(before.ids).intersection(contents.ids))
    return Changes(len(contents.ids) - both, both - unchanged, len(before.ids) - both, unchanged)
