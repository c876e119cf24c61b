"""Webhooks (Standard Webhooks 1.0): from the outbox to the receivers of clients.

Commands write outbox rows in their own transaction; `outbox` turns each event into one delivery per
subscribed endpoint; `courier` leases due deliveries (`deliveries`), signs and posts them, at least
once, in order per subject. `endpoints`: who subscribed, with which signing secret;
`sealed_secrets` encrypts those secrets at rest (AES-256-GCM); `egress` connects only to public
addresses (protection against server-side request forgery). All times are wall time.
Front doors: all modules, for api.
"""
