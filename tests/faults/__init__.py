"""What must hold while parts of the product are killed."""
