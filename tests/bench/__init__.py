"""What was measured: ratios side by side in one run, medians of several rounds."""
