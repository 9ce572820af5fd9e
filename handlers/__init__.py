"""How the hotline speaks: one folder per account that we hold on a platform."""
