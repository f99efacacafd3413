"""What is computed once and shared by all visitors, keyed by what it depends on."""
