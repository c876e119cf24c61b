// What a stranger writes on top of openapi-generator's typescript-fetch client; arguments as
// generated_use.py's.
import * as maitred from "./made";

declare const process: { argv: string[] };
declare const console: { log(text: string): void };

async function use(api: maitred.Configuration, venue: string, day: string): Promise<object> {
  const house = await new maitred.VenuesApi(api).getVenue({ venue });
  const asked = { venue, partySize: 2, date: new Date(day) };
  const free = await new maitred.AvailabilityApi(api).getAvailability(asked);
  const [first, last] = [free.items[0].start, free.items[free.items.length - 1].start];
  const hold = await new maitred.SlotHoldsApi(api).createSlotHold({
    venue,
    idempotencyKey: '"hold"',
    newSlotHold: { start: first, partySize: 2 },
  });
  const bookings = new maitred.ReservationsApi(api);
  const booked = await bookings.createReservation({
    venue,
    idempotencyKey: '"book"',
    newReservation: {
      guest: { name: "Ada Lovelace", phone: "+493023125024" },
      slotHoldId: hold.id,
      acceptedHouseRules: house.houseRules?.version,
    },
  });
  const mine = { venue, reservationId: booked.id };
  const moved = await bookings.changeReservation({
    ...mine,
    ifMatch: `"v${booked.version}"`,
    reservationChange: { start: last, partySize: 3 },
  });
  const gone = await bookings.cancelReservation({
    ...mine,
    idempotencyKey: '"cancel"',
    cancellation: { reason: "An example." },
  });
  const stale = await bookings
    .changeReservation({ ...mine, ifMatch: '"v1"', reservationChange: { notes: "x" } })
    .catch((refused: maitred.ResponseError) => refused.response.json());
  return {
    booked: [booked.status, booked.partySize, +booked.start === +first],
    moved: [moved.status, moved.partySize, +moved.start === +last],
    gone: [gone.status, gone.cancelledBecause],
    stale: stale.code,
  };
}

async function main(url: string, id: string, secret: string, venue: string, day: string) {
  const basic = new maitred.Configuration({ basePath: url, username: id, password: secret });
  const got = await new maitred.AccessApi(basic).getToken({ grantType: "client_credentials" });
  // This generator leaves the word before an OAuth token to its user.
  const token = `Bearer ${got.accessToken}`;
  const api = new maitred.Configuration({ basePath: url, accessToken: token });
  console.log(JSON.stringify(await use(api, venue, day)));
}

const [url, id, secret, venue, day] = process.argv.slice(2);
main(url, id, secret, venue, day);
