"""The domain on PostgreSQL: lock, read a picture, ask a policy, write, announce."""
