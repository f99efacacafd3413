"""Servers and worlds that tests share."""
