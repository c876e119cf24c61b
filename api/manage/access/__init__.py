"""Who may come in, as managers keep it: staff and PINs, tablets, clients."""
