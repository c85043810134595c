"""What planning reads across models."""
