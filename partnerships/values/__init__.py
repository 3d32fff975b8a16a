"""Floor 1: the kinds of value a record is made of, and how each is typed, kept, compared and shown.

dates (notation, typed)   honest dates, a subset of EDTF        fields   their columns on a model
text, names, money (currencies)                                 forms    fields that explain what they refuse
gaps (models)             why a field is empty                  draw (marks), spreadsheet   value to HTML, to a cell
terms, counts, validators, record_ids                           shared by the models of all rooms
"""
