"""From nodes to the model, one file per kind of resource; the name table of the format says which key is which."""
