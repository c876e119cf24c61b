### What guests read: warm, short, and what they can do.

## What booking sites and their guests are told of a refusal

public-no-table = На это время для вашей компании нет свободного стола.
public-no-table-before-closing = До закрытия стол для вашей компании уже не освободится.
public-kitchen-full = Кухня не сможет принять больше гостей в это время.
public-waitlist-paused = Лист ожидания на сегодня приостановлен. Пожалуйста, позвоните нам.
public-duplicate = У этого гостя уже есть бронь на это время.
