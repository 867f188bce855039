"""Every diagram that is generated, read by the real Mermaid parser."""
