"""Where new places close most of what is missing: the task, its models and its answer."""
