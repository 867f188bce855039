"""The hostile repositories by what is hostile about them."""
