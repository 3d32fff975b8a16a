"""The brief: who comes, what stands between us, what was asked and promised and what became of it, on one page.

`reading` gathers the rows for a reader, `proof` their sources and gaps; the modules of sections put them into words
(`words`), which the page and the Word file draw alike.
"""
