"""What stands between the network and the routes.

Proxies and whom they are believed (`proxies`), how often one may ask (`limits`), the address in our
links (`public_address`), and how an answer leaves (`headers`, `sending`) and a request ends
(`endings`).
"""
