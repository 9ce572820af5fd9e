"""What words mean to the conversation: danger, place, speaker, who is accused, what need not be asked."""
