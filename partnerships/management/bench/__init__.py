"""Measures the register beside its floors: what the same rows cost as bare SQL, and in the least page possible.

- `words`      what the scratch register is called after
- `making`, `filling`   a lifelike register of any size, the same for every run
- `floors`     the minimal page M, and the bare SQL of the same rows
- `asking`     requests through the whole stack, without a server between
- `measuring`  each operation in turn with its floors, and the medians
- `printing`   the table, beside the goals
"""
