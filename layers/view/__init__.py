"""The address of a page: what a link says, what of it can be read, and the codes it is written in."""
