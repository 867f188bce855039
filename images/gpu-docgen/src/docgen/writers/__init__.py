"""What asks a model for prose: one module a kind of model, all of one shape."""
