"""CloudFormation templates: sections, functions and conditions, and the resources they make."""
