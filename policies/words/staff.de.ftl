### Was das Personal liest und Gästen sagt.
