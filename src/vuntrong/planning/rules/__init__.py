"""What planning allows: pure decisions on frozen facts."""
