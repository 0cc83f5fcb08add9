// Placeholder until the first experiment arrives.
