"""The register of an international office. The map of the house, floors in order:

1. `values`         honest dates, money as stated, names in two scripts, text; how each is drawn
2. `access`         who may see and do what: roles, scoping, the rules of routes; what every record has; the catalogue
   `memory`         what happened to every record: changes, versions, repeated submits
3. `sources`        where facts were read: sources, statements, and what they say of a record
   `notes`          what the office writes down beside a record: calls, e-mails, meetings, remarks
   `letters`        the outbox: letters to people with an account, sent once, tried again while no mail server answers
   `attachments`    the files of a record: told by their content, kept under random names, downloaded by one view
4. `records`        the kit: one declaration per kind of record gives list, filters, export, forms, page and history
   `papers`         what is handed over on paper: lines with the places that prove them, as a page and in Word
5. `organisations`, `people`, `undertakings`, `agreements`, `visits`, `programmes`, `funding`, `reviews` (what is
   decided about agreements): the rooms, in this order
6. `search`, `intake` (a visit from a text), `calendars`, `briefs`, `home`, `reminders` (a letter a day) over all rooms

A floor imports the floors below it. In a room, models come first, then filters and forms, then the declaration in
`records` and the workshop in `admin`; these four may use the kit, whichever floor their room is on.
`models`, `register`, `admin`, `urls` and `apps` are indexes: they import every room.
"""
