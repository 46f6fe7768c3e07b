// A host's clock that somebody sets, back too.
import { VirtualClock } from '../../src/ui/script/virtual-clock.ts';

/** Virtual time whose time of day is set. */
export class SettableClock extends VirtualClock {
  #ahead = 0;

  /** @param ms - how far on, or back. */
  set(ms: number): void {
    this.#ahead += ms;
  }

  override now(): number {
    return super.now() + this.#ahead;
  }
}
