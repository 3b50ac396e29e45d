"""The rule kit: everything that proves a rule, from its own examples to what happens when a value is hidden."""
