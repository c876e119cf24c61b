"""What stands between the network and the routes: proxies and whom they are believed."""
