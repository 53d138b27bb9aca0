"""The stages of a run are timed as they tell of their progress."""

from collections.abc import Iterator

import pytest

from pipeline.workflow.stopwatch import Stage, Stopwatch, peak_memory, show_nothing


class Clock:
    """A clock that goes on only when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ended() -> list[Stage]:
    return []


@pytest.fixture
def shown() -> list[tuple[str, int, int | None]]:
    return []


@pytest.fixture
def watch(clock: Clock, ended: list[Stage], shown: list[tuple[str, int, int | None]]) -> Stopwatch:
    return Stopwatch(
        show=lambda *step: shown.append(step),
        ended=ended.append,
        clock=clock,
        peak=lambda: 7,
        expected={"read": 3}.get,
    )


def taking(clock: Clock, seconds: float, items: list[str]) -> Iterator[str]:
    for item in items:
        clock.now += seconds
        yield item


def stage(name: str, seconds: float, count: int) -> Stage:
    return Stage(name=name, seconds=seconds, count=count, peak_bytes=7)


def test_a_stage_counts_its_items_and_the_time_that_they_take(watch: Stopwatch, clock: Clock) -> None:
    clock.now += 1
    for _ in watch.over("detect", taking(clock, 2.0, ["a", "b"]), 2):
        clock.now += 0.5
    assert watch.stages() == (stage("detect", 5.0, 2), stage("other", 1.0, 0))


def test_a_stage_without_items_takes_no_time_and_has_no_rate(watch: Stopwatch) -> None:
    assert list(watch.over("detect", [])) == []
    assert watch.stages() == (stage("detect", 0.0, 0), stage("other", 0.0, 0))
    assert watch.stages()[0].rate == 0


def test_time_within_another_stage_counts_for_the_inner_one_alone(watch: Stopwatch, clock: Clock) -> None:
    for catalog in watch.over("catalogs", ["pt", "fr"]):
        clock.now += 1
        watch(f"translate {catalog}", 0, 9)
        clock.now += 3
        watch(f"translate {catalog}", 4, 9)  # what the memory knows is asked of nobody, so it never comes to 9
    assert watch.stages() == (
        stage("translate pt", 3.0, 4),
        stage("translate fr", 3.0, 4),
        stage("catalogs", 2.0, 2),
        stage("other", 0.0, 0),
    )


def test_a_stage_that_comes_again_is_summed(watch: Stopwatch, clock: Clock) -> None:
    for _ in range(2):
        for _ in watch.over("check", ["a", "b"]):
            clock.now += 1
    assert watch.stages()[0] == stage("check", 4.0, 4)
    assert watch.stages()[0].rate == 1


def test_a_stage_that_broke_off_ends_with_the_run(watch: Stopwatch, clock: Clock) -> None:
    watch("detect", 0, 5)
    clock.now += 2
    watch("detect", 1, 5)
    assert watch.stages()[0] == stage("detect", 2.0, 1)


def test_the_end_of_a_stage_is_told_but_not_of_a_moment_within_another(
    watch: Stopwatch, clock: Clock, ended: list[Stage]
) -> None:
    for seconds in watch.over("catalogs", [0.5, 1.0]):
        for _ in watch.over("check", ["a"]):
            clock.now += seconds
    assert [(each.name, each.seconds) for each in ended] == [("check", 1.0), ("catalogs", 0.0)]


def test_progress_is_shown_at_once_and_then_ten_times_a_second(
    watch: Stopwatch, clock: Clock, shown: list[tuple[str, int, int | None]]
) -> None:
    for _ in watch.over("detect", ["a", "b", "c"]):
        clock.now += 0.06
    assert shown == [("detect", 0, 3), ("detect", 2, 3), ("detect", 3, 3)]


def test_a_muted_watch_shows_and_tells_nothing_and_goes_on_counting(
    watch: Stopwatch, clock: Clock, ended: list[Stage], shown: list[tuple[str, int, int | None]]
) -> None:
    watch.mute()
    for _ in watch.over("detect", ["a", "b"]):
        clock.now += 1
    assert (shown, ended) == ([], [])
    assert watch.stages() == (stage("detect", 2.0, 2), stage("other", 0.0, 0))


def test_a_stage_that_does_not_know_its_steps_expects_those_of_the_last_run(
    watch: Stopwatch, clock: Clock, shown: list[tuple[str, int, int | None]]
) -> None:
    list(watch.over("read", taking(clock, 1, ["a"])))
    list(watch.over("pack", taking(clock, 1, ["a"])))
    assert shown == [
        ("read", 0, 3),
        ("read", 1, 3),
        ("read", 1, 1),
        ("pack", 0, None),
        ("pack", 1, None),
        ("pack", 1, 1),
    ]


def test_files_of_a_release_are_pages_or_feeds_and_then_it_is_switched(watch: Stopwatch, clock: Clock) -> None:
    paths = ["index.html", "en/postings/a.html", "en/feed.json", "pt/postings/b.html", "pt/rss.xml"]
    for _ in watch.over_files(((path, b"") for path in paths), pages=2):
        clock.now += 1
    clock.now += 4
    watch("switch", 1, 1)
    assert watch.stages() == (
        stage("feeds", 3.0, 3),
        stage("pages", 2.0, 2),
        stage("switch", 4.0, 1),
        stage("other", 0.0, 0),
    )


def test_a_run_that_nobody_watches_is_timed_by_the_clock_of_the_machine() -> None:
    watch = Stopwatch()
    show_nothing("detect", 0, 1)
    assert list(watch.over("detect", ["a"])) == ["a"]
    detect, other = watch.stages()
    assert (detect.name, detect.count, other.name) == ("detect", 1, "other")
    assert 0 < detect.peak_bytes <= peak_memory()
