"""What the whole country shares: boundaries, codes, people, localities, postal codes and plans."""
