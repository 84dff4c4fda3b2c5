"""Any story of officers who work apart ends well: the same everywhere, nothing lost, nothing asked in vain."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from tests.handover.stories import FIELDS, Step, play
from tests.handover.world import Base

EXAMPLES = int(os.environ.get("UNNM_STORIES", "45"))
COPIES = int(os.environ.get("UNNM_COPIES", "3"))
WHO = st.integers(0, COPIES - 1)
VALUES = st.sampled_from(["a", "b", "c"])
STEPS = st.one_of(
    st.tuples(st.just("edit"), WHO, st.integers(0, len(FIELDS) - 1), VALUES),
    st.tuples(st.just("edit"), WHO, st.integers(0, 1), VALUES),
    st.tuples(st.just("write"), WHO, st.integers(0, 4), VALUES),
    st.tuples(st.just("refer"), WHO, st.integers(0, 1), st.integers(0, 2)),
    st.tuples(st.just("remove"), WHO, st.integers(0, 3)),
    st.tuples(st.just("restore"), WHO, st.integers(0, 3)),
    st.tuples(st.just("create"), WHO),
    st.tuples(st.just("link"), WHO, st.integers(0, 1)),
    st.tuples(st.just("unlink"), WHO, st.integers(0, 1)),
    st.tuples(st.just("take"), WHO, WHO),
    st.tuples(st.just("take"), WHO, WHO),
    st.tuples(st.just("settle"), WHO, WHO, st.integers(0, 2)),
    st.tuples(st.just("pack"), WHO),
    st.tuples(st.just("old"), WHO, st.integers(0, 3)),
    st.tuples(st.just("undo"), WHO),
    st.tuples(st.just("decide"), WHO, st.integers(0, 3), st.integers(0, 2)),
    st.tuples(st.just("skew"), WHO, st.integers(0, 2)),
    st.tuples(st.just("join"), WHO, st.integers(0, 2), st.integers(0, 2)),
    st.tuples(st.just("separate"), WHO, st.integers(0, 2)),
    st.tuples(st.just("erase"), WHO),
)  # fmt: skip


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
)
@given(steps=st.lists(STEPS, min_size=4, max_size=16))
@example(steps=[("join", 0, 1, 0), ("restore", 0, 1)])
def test_no_edit_is_lost_and_all_copies_come_out_alike(base: Base, steps: list[Step]) -> None:
    play(base, steps, COPIES)
