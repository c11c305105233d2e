"""How idle workers help with a brief that another cannot go on with."""
