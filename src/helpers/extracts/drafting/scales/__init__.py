"""Labels in order: the ways in which a response scale is recognised, whatever its words."""
