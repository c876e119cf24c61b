"""Webhook endpoints: where booking sites and tills want to be told."""
