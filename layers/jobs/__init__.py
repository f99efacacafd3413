"""
Work that no cache holds: computed once per question, in a process of its own, in turn and up to a limit.

A thread cannot be ended, and a busy one holds up every other page of its process (docs/decisions/0010). `work` has
what is computed, `bench` what a process keeps to compute with, `pool` the processes, `queue` who waits for what, and
`results` what was made. Pages ask `layers.cache.shared_answers` and know none of it.
"""
