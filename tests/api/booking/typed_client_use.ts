// What a stranger writes with the types of openapi-typescript; arguments as generated_use.py's.
// Nothing is sent that need not be: it has to compile with the fields left out.
import type { components, paths } from "./types";

type Schemas = components["schemas"];
type Query = paths["/v1/venues/{venue}/availability"]["get"]["parameters"]["query"];

declare const process: { argv: string[] };
declare const console: { log(text: string): void };

let headers: Record<string, string> = {};

async function send<T>(method: string, url: string, body?: object, more = {}): Promise<T> {
  const sent = { ...headers, "Content-Type": "application/json", ...more };
  const answer = await fetch(url, { method, headers: sent, body: JSON.stringify(body) });
  return (await answer.json()) as T;
}

async function use(house: string, day: string): Promise<object> {
  const { house_rules } = await send<Schemas["VenueSeen"]>("GET", house);
  const query: Query = { date: day, party_size: 2 };
  const asked = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, `${value}`]));
  const free = await send<Schemas["Availability"]>("GET", `${house}/availability?${asked}`);
  const [first, last] = [free.items[0].start, free.items[free.items.length - 1].start];
  const wanted: Schemas["NewSlotHold"] = { start: first, party_size: 2 };
  const hold = await send<Schemas["SlotHoldSeen"]>("POST", `${house}/slot-holds`, wanted, {
    "Idempotency-Key": '"hold"',
  });
  const wish: Schemas["NewReservation"] = {
    guest: { name: "Ada Lovelace", phone: "+493023125024" },
    slot_hold_id: hold.id,
    accepted_house_rules: house_rules?.version,
  };
  const booked = await send<Schemas["ReservationMade"]>("POST", `${house}/reservations`, wish, {
    "Idempotency-Key": '"book"',
  });
  const mine = `${house}/reservations/${booked.id}`;
  const later: Schemas["ReservationChange"] = { start: last, party_size: 3 };
  const moved = await send<Schemas["ReservationSeen"]>("PATCH", mine, later, {
    "If-Match": `"v${booked.version}"`,
  });
  const why: Schemas["Cancellation"] = { reason: "An example." };
  const gone = await send<Schemas["ReservationSeen"]>("POST", `${mine}/cancel`, why, {
    "Idempotency-Key": '"cancel"',
  });
  const note: Schemas["ReservationChange"] = { notes: "x" };
  const stale = await send<Schemas["Problem"]>("PATCH", mine, note, { "If-Match": '"v1"' });
  return {
    booked: [booked.status, booked.party_size, booked.start === first],
    moved: [moved.status, moved.party_size, moved.start === last],
    gone: [gone.status, gone.cancelled_because],
    stale: stale.code,
  };
}

async function main(url: string, id: string, secret: string, venue: string, day: string) {
  const asked = { grant_type: "client_credentials", client_id: id, client_secret: secret };
  const body = new URLSearchParams(asked satisfies Schemas["TokenRequest"]);
  const answer = await fetch(`${url}/oauth/token`, { method: "POST", body });
  const got = (await answer.json()) as Schemas["TokenAnswer"];
  headers = { Authorization: `Bearer ${got.access_token}` };
  console.log(JSON.stringify(await use(`${url}/v1/venues/${venue}`, day)));
}

const [url, id, secret, venue, day] = process.argv.slice(2);
main(url, id, secret, venue, day);
