// The gauge of a battery that drains: what a card that is on takes from it, and when it will be empty.
import { afterLying, currentOf, drawn, lastsFor, type Charge } from './battery.ts';
import type { Profile } from './profiles.ts';

/** Runs while a card with a draining battery is on. Times are the card's own, in milliseconds. */
export class BatteryGauge {
  readonly #profile: Profile;
  #running: { readonly charge: number; readonly at: number } | undefined;
  #current: number;

  constructor(profile: Profile) {
    this.#profile = profile;
    this.#current = currentOf(profile, '');
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** Whether the battery should be replaced. */
  get isLow(): boolean {
    return this.#running !== undefined && this.#running.charge < this.#profile.power.low;
  }

  /** When the battery will be empty if nothing changes; Infinity if it does not drain. */
  get emptyAt(): number {
    if (!this.#running) return Infinity;
    return Math.ceil(this.#running.at + lastsFor(this.#running.charge, this.#current));
  }

  /** What is left, at the time of day `now`, of a battery that lay in the card while it was off. */
  afterLying(battery: Charge, now: number): number {
    return afterLying(battery, this.#profile.power, now);
  }

  start(charge: number, at: number): void {
    this.#running = { charge, at };
    this.#current = currentOf(this.#profile, '');
  }

  stop(): void {
    this.#running = undefined;
  }

  /** The charge at a time, in microampere-hours; undefined if it does not drain. */
  charge(at: number): number | undefined {
    this.#draw(at);
    return this.#running?.charge;
  }

  /** The display shows something else from now on. */
  show(line: string, at: number): void {
    if (!this.#running) return;
    this.#draw(at);
    this.#current = currentOf(this.#profile, line);
  }

  /** A response is computed. */
  respond(at: number): void {
    this.#draw(at);
    if (!this.#running) return;
    const charge = Math.max(0, this.#running.charge - this.#profile.power.response);
    this.#running = { charge, at };
  }

  /** For a snapshot taken at `now`. */
  picture(now: number): { readonly charge: number; readonly at: number } | undefined {
    return this.#running && { charge: this.#running.charge, at: this.#running.at - now };
  }

  /** Goes on from a snapshot. */
  resume(
    picture: { readonly charge: number; readonly at: number } | undefined,
    now: number,
    line: string,
  ): void {
    this.#running = picture && { charge: picture.charge, at: picture.at + now };
    this.#current = currentOf(this.#profile, line);
  }

  #draw(at: number): void {
    if (!this.#running) return;
    const { charge, at: before } = this.#running;
    this.#running = { charge: drawn(charge, this.#current, at - before), at };
  }
}
