"""Programmes, courses, results, earlier degrees, and the forecast that is made of them."""
