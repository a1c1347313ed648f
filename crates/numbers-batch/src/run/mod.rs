//! Releases the numbers of a plan, at a pace, and records each step in a journal.
