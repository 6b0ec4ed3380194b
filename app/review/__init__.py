"""The offices' side: queues, cases, decisions per picture, and what the candidate hears of them.

Read `rules` (what may be decided, what follows), `actions` (claim, decide), `undo_actions`, then the views.
"""
