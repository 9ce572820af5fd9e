"""How likely each answer is: what the model looks at and has learnt, where the thresholds lie, what weighed most."""
