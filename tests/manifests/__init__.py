"""Values and manifests, rendered by the real tools and read by the real schemas."""
