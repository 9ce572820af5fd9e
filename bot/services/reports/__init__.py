"""What a reporter's turn does to cases: recorded, opened, joined, told again."""
