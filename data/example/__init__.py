"""
The example region: an invented voivodeship that shows what the application does where no real data are at hand.

`python -m data example` makes `region/` again, to the byte: all is drawn from one seed, and nothing depends on a
library that may compute otherwise tomorrow. The order of making: `ground` → `units` → `people` → `places` →
`providers` → `lists` → `files`.
"""
