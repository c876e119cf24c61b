"""Acts that were done before they could be sent: `facts` says which, and when they were."""
