"""The registers of facilities, read cell by cell from the sheets of their publishers."""
