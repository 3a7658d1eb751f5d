"""The ground: errors, months, luck, columns, parameters and names; it knows nothing of housing."""
