"""For booking sites and tills: /v1/webhook-endpoints, by bearer token with the scope `webhooks`.

Register, list, test and remove endpoints, rotate their signing secret, list and repeat deliveries.
Messages follow the Standard Webhooks specification (webhook-id, webhook-timestamp,
webhook-signature); they are sent by the jobs process (api/background/delivering.py).
"""
