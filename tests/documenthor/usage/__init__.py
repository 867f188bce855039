"""What generations take and who pays."""
