### What guests read: warm, short, and what they can do.

## What booking sites and their guests are told of a refusal

public-no-table = Zu dieser Zeit ist für Ihre Gruppe kein Tisch frei.
public-no-table-before-closing = Für Ihre Gruppe wird vor Ladenschluss kein Tisch mehr frei.
public-kitchen-full = Die Küche kann um diese Zeit keine weiteren Gäste annehmen.
public-waitlist-paused = Die Warteliste ruht heute Abend. Bitte rufen Sie uns an.
public-duplicate = Dieser Gast hat um diese Zeit schon eine Reservierung.
