// The calls that a zone's screen shows: those of its loudspeaker circuit, the newest of each ticket only. The picture keeps few calls for the
// whole hall; a quiet zone remembers its own longer.

const KEPT = 12;

export class ZoneCalls {
  #zones;
  #kept = [];
  #day = null;

  /** hall: the answer of GET hall; zone: the id of this screen's zone. */
  constructor(hall, zone) {
    const own = hall.zones.find(({id}) => id === zone);
    this.#zones = new Set(hall.zones.filter(({id, audio}) => id === zone || (audio && audio === own.audio)).map(({id}) => id));
  }

  /** Takes the calls of a picture; true when a new business day began and the old ones went. */
  take({calls, business_day: day}) {
    const dayTurned = this.#day !== null && day !== this.#day;
    this.#day = day;
    const known = new Map((dayTurned ? [] : this.#kept).map((call) => [call.id, call]));
    for (const call of calls) if (this.#zones.has(call.zone)) known.set(call.id, call);
    this.#kept = [...known.values()].sort((a, b) => Number(b.id) - Number(a.id)).slice(0, KEPT);
    return dayTurned;
  }

  /** Every call, newest first. */
  get all() {
    return this.#kept;
  }

  /** One row per ticket, its newest, without the ticket that is on stage. */
  beside(hero) {
    const tickets = new Set([hero?.ticket_id]);
    return this.#kept.filter(({ticket_id: ticket}) => !tickets.has(ticket) && tickets.add(ticket));
  }
}
