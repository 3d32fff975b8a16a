"""The brief: who comes, what stands between us, what was asked and promised and what became of it, on one page.

`reading` gathers the rows for a reader; the modules of sections put them into words (`papers`), which the page and
the Word file draw alike.
"""
