"""What every file of state needs. `sqlite`: how such a file is opened, and what its failures mean. `private`: who may
read what is kept. `deadline`: how long whoever reads may go on.

Graph, passages, ledger and jobs are kept in SQLite files and may not import one another: what they share stands here.
This room imports no other room.
"""
