"""What the law on personal data asks for: reads, requests, the register of processing."""
