"""Sundial as plain processes on one machine: make up, make down, servers for the tests."""
