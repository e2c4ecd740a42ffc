"""The gateway: a real nginx with our configuration, in front of tiny upstreams that say what reached them."""
