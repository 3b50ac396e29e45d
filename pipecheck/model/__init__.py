"""The domain as plain data: pipelines and what they rest on. Loaders build it, everything above reads it."""
