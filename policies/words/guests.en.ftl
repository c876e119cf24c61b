### What guests read: warm, short, and what they can do.

## What booking sites and their guests are told of a refusal

public-no-table = No table is free for this party then.
public-no-table-before-closing = No table will be free for this party before we close.
public-kitchen-full = The kitchen cannot take more guests around then.
public-waitlist-paused = The waitlist is paused for this evening. Please call us.
public-duplicate = This guest already has a reservation around then.
