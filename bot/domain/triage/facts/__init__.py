"""What a message states besides its kind: the language it is in, ages, how many children, the words for the place."""
