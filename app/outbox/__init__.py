"""What others are told of what happened here: written with it, sent afterwards, by webhook and by mail."""
