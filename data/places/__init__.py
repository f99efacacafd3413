"""Where facilities are: areas and gazetteers, stated words, points with grades, conflicts and likely fixes."""
