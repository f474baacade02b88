"""What every page shares: headers, throttles, templates."""
