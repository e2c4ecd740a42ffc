"""The product as its users meet it: through the gateway, on real parts."""
