"""Policy-as-code compliance scanner for AWS CodePipeline."""

__version__ = "0.1.0"
