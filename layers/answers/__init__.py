"""Numbers without words: measures, area tables, the effect of a scenario and help nearby."""
