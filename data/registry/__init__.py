"""The state of one day as pages ask for it: the registry, its counts, its status and what people have to look at."""
