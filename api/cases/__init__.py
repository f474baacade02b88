"""The domain: what a feedback case is and what may happen to it. Knows neither web nor channel."""
