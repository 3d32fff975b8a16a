"""Measures the register beside its floors: what the same rows cost as bare SQL, and in the least page possible.

- `scratch`                     an empty register of its own, gone afterwards
- `words`, `making`, `filling`  a lifelike register of any size, the same for every run
- `floors`, `settings`          the bare SQL of the same rows, and the least page M, beside the register in one process
- `asking`, `measuring`         requests through the whole stack, each operation in turn with its floors
- `copying`, `fresh`            the export beside the database's own copy-out; start and memory of a new process
- `printing`, `running`         the table and the goals; the process that the command starts
"""
