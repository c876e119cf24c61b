"""What stands between the network and the routes.

What a connection may do (`connections`), proxies and whom they are believed (`proxies`), how often
one may ask (`limits`), the address in our links (`public_address`), how an answer leaves
(`headers`, `sending`) and a request ends (`endings`), what is told of failures and refusals
(`failures`, `origin`, `security_log`).
"""
