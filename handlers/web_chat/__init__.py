"""Our own page for citizens: no account, no app, no third party, and a way out in one touch."""
