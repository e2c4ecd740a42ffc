"""Tests over more than one service."""
