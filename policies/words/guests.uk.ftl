### What guests read: warm, short, and what they can do.

## What booking sites and their guests are told of a refusal

public-no-table = На цей час для вашої компанії немає вільного столу.
public-no-table-before-closing = До закриття стіл для вашої компанії вже не звільниться.
public-kitchen-full = Кухня не зможе прийняти більше гостей на цей час.
public-waitlist-paused = Лист очікування на сьогодні призупинено. Будь ласка, зателефонуйте нам.
public-duplicate = Цей гість уже має бронювання на цей час.
