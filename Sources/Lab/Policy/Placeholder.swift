// Placeholder until the module's first code arrives.
