"""Values as canonical text: the same value is always the same text, and comes back as it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from server.domain import canonical
from server.domain.calling_order import Turn
from server.domain.events import Promise, Reason

NOON = datetime(2026, 11, 24, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))


@dataclass(frozen=True)
class Inner:
    name: str
    share: float = 0.5


@dataclass(frozen=True)
class Outer:
    at: datetime
    day: date
    names: tuple[str, ...] = ()
    inner: Inner | None = None
    inners: tuple[Inner, ...] = ()
    count: int = 0
    told: bool = False


texts = st.text(max_size=20)
inners = st.builds(Inner, texts, st.floats(allow_nan=False, allow_infinity=False))
times = st.datetimes(timezones=st.just(UTC))
outers = st.builds(
    Outer,
    times,
    st.dates(),
    st.lists(texts, max_size=3).map(tuple),
    st.none() | inners,
    st.lists(inners, max_size=3).map(tuple),
    st.integers(),
    st.booleans(),
)


@given(outers)
def test_whatever_is_written_comes_back(value: Outer) -> None:
    text = canonical.dump(value)
    assert canonical.load(Outer, text) == value
    assert canonical.dump(canonical.load(Outer, text)) == text


def test_keys_are_sorted_without_spaces_and_chinese_stays_chinese() -> None:
    assert canonical.dump(Inner("甲", 0.25)) == '{"name":"甲","share":0.25}'
    assert canonical.dump(Reason("其他", "n1")) == '{"code":"其他","note":"n1"}'


def test_defaults_are_left_out_so_that_a_new_field_changes_no_old_text() -> None:
    assert canonical.dump(Inner("甲")) == '{"name":"甲"}'
    assert canonical.dump(Turn()) == "{}"
    assert canonical.load(Turn, "{}") == Turn()


def test_a_time_keeps_its_microseconds_and_its_zone() -> None:
    assert canonical.dump(NOON) == '"2026-11-24T12:00:00.123456+08:00"'
    assert canonical.load(datetime, canonical.dump(NOON)) == NOON


def test_a_missing_value_may_be_read_where_it_may_be_missing() -> None:
    assert canonical.load(Inner | None, "null") is None
    assert canonical.load(Promise | None, "null") is None


def test_a_whole_number_is_read_as_a_float_where_a_float_is_meant() -> None:
    read = canonical.load(tuple[float, ...], "[4,1.5]")
    assert read == (4.0, 1.5)
    assert all(isinstance(each, float) for each in read)


def test_plain_values_stay_what_they_are() -> None:
    assert canonical.plain(("a", 1, None, True)) == ["a", 1, None, True]
