"""What was computed is kept up to a size, the least used forgotten first."""

from data.store.settings import Settings
from layers.jobs.job import Job
from layers.jobs.parcel import pack
from layers.jobs.results import Results
from tests.layers.jobs import tiny_work


def job(value):
    return Job(Settings.from_environment({}), tiny_work.echo, (value,))


def test_results_together_stay_below_their_limit():
    results = Results(most_bytes=100)
    for number in range(4):
        results.put(job(number), number, size=40)
        results.get(job(0))
    assert [results.get(job(number)) is not None for number in range(4)] == [True, False, False, True]
    assert results.size == 80


def test_a_result_larger_than_all_is_given_out_and_not_kept():
    results = Results(most_bytes=10)
    assert results.take(job("x" * 50), pack("x" * 50)) == "x" * 50
    assert results.get(job("x" * 50)) is None
    assert results.size == 0


def test_nothing_is_a_result_too():
    results = Results()
    assert results.make_here(job(None)) is None
    assert results.get(job(None)).value is None
