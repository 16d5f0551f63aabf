"""The pages that choose what is settled: which bill, under which insurance."""
