"""What landlords, developers and the municipality do with the stock."""
