"""What people answer to letters of campaigns: yes, no, a button, the same typed."""
