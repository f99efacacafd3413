"""Settings of the property tests."""

import hypothesis

# On a busy machine a first example takes as long as its imports; speed is measured in benchmarks/.
hypothesis.settings.register_profile("without_deadline", deadline=None)
hypothesis.settings.load_profile("without_deadline")
