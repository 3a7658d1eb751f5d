"""Who gets which home: who may apply, what is set aside, in what order."""
