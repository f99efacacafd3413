"""What is computed once for a registry is computed for each registry, and anew for another argument."""

import threading
from dataclasses import replace

from data.registry.once import once_for_registry
from tests.support.tiny_world import GMINAS, service, tiny_registry

FIRST = next(iter(GMINAS))


def counted():
    asked = []

    @once_for_registry
    def services_of(registry, form, *, factor=1):
        asked.append((form, factor))
        return factor * int((registry.services["support_form"] == form).sum())

    return services_of, asked


def test_the_same_question_is_computed_once_and_another_registry_has_its_own_answer():
    services_of, asked = counted()
    one, two = tiny_registry([service(1, FIRST)]), tiny_registry([service(1, FIRST), service(2, FIRST)])
    assert [services_of(one, "CAL-DPS") for _ in range(3)] == [1, 1, 1]
    assert services_of(two, "CAL-DPS") == 2, "what a load made is never answered from before it"
    assert services_of(replace(one), "CAL-DPS") == 1
    assert services_of(one, "CAL-DPS", factor=10) == 10
    assert asked == [("CAL-DPS", 1)] * 3 + [("CAL-DPS", 10)]


def test_who_asks_meanwhile_waits_for_the_answer():
    begun, goes_on, asked = threading.Event(), threading.Event(), []

    @once_for_registry
    def slow(registry):
        asked.append(len(registry.services))
        begun.set()
        assert goes_on.wait(10)
        return 1

    registry, answers = tiny_registry([service(1, FIRST)]), []
    threads = [threading.Thread(target=lambda: answers.append(slow(registry))) for _ in range(4)]
    for thread in threads:
        thread.start()
    assert begun.wait(10)
    goes_on.set()
    for thread in threads:
        thread.join(10)
    assert (answers, asked) == ([1] * 4, [1])
