### What guests read: warm, short, and what they can do.
