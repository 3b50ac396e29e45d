"""The bridge to cfn-lint: its findings in our report, and ours in its report."""
