"""Late parties: `grace`, how long a table is kept; `answering`, what one is told that tells it."""
