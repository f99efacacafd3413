"""Light pages: written on the server, readable without scripts, with lasting addresses."""
