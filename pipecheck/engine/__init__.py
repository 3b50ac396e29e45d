"""Rules meet subjects: selects rules, walks the model once, turns clauses into verdicts and findings.

A rule that crashes becomes an ERROR verdict of that rule and subject, and the run goes on. Configuration,
suppression and baselines act here, after the verdict is known.
"""
