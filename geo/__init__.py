"""Computes: frames in, frames out. No database, network, clock, file or screen."""
