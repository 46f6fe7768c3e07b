// A store that lasts as long as the process. No method awaits anything, so each runs to its end before another begins.
import type { LoginId } from '../login-id.ts';
import type {
  Attempt,
  EnrolledCard,
  LoginRecord,
  Opening,
  SessionRecord,
  Store,
  UserRecord,
} from './store.ts';

/** Records are never changed, only replaced: who holds one holds what was true when it was read, as with a database. */
export class MemoryStore implements Store {
  readonly #users = new Map<string, UserRecord>();
  readonly #cards = new Map<string, EnrolledCard>();
  readonly #keyHashes = new Set<string>();
  /** Serials of each user's cards, as enrolled. */
  readonly #serials = new Map<string, readonly string[]>();
  /** Challenges each card has had, by serial. */
  readonly #challenges = new Map<string, Set<string>>();
  /** When each user began logins that are not finished. */
  readonly #unfinished = new Map<string, readonly number[]>();
  readonly #logins = new Map<LoginId, LoginRecord>();
  readonly #sessions = new Map<string, SessionRecord>();

  async addUser(user: UserRecord): Promise<boolean> {
    if (this.#users.has(user.name)) return false;
    this.#users.set(user.name, user);
    return true;
  }

  async user(name: string): Promise<UserRecord | undefined> {
    return this.#users.get(name);
  }

  async addCard(card: EnrolledCard): Promise<'added' | 'serial-taken' | 'key-taken'> {
    if (this.#cards.has(card.serial)) return 'serial-taken';
    if (this.#keyHashes.has(card.keyHash)) return 'key-taken';
    this.#keyHashes.add(card.keyHash);
    this.#cards.set(card.serial, card);
    this.#serials.set(card.user, [...(this.#serials.get(card.user) ?? []), card.serial]);
    this.#challenges.set(card.serial, new Set());
    return 'added';
  }

  async card(serial: string): Promise<EnrolledCard | undefined> {
    return this.#cards.get(serial);
  }

  async cardsOf(user: string): Promise<readonly EnrolledCard[]> {
    const serials = this.#serials.get(user) ?? [];
    return serials.flatMap((serial) => this.#cards.get(serial) ?? []);
  }

  async unblock(serial: string): Promise<boolean> {
    return this.#clearCounts(serial, 0);
  }

  async openLogin(login: LoginRecord, limit: { max: number; window: number }): Promise<Opening> {
    const recent = (this.#unfinished.get(login.user) ?? []).filter(
      (begun) => begun > login.issuedAt - limit.window,
    );
    if (recent.length >= limit.max) {
      return { outcome: 'too-many-logins', retryAt: Math.min(...recent) + limit.window };
    }
    const had = this.#challenges.get(login.serial);
    if (!had || had.has(login.challenge)) return { outcome: 'challenge-used' };
    had.add(login.challenge);
    this.#unfinished.set(login.user, [...recent, login.issuedAt]);
    this.#logins.set(login.id, login);
    return { outcome: 'opened' };
  }

  async login(id: LoginId): Promise<LoginRecord | undefined> {
    return this.#logins.get(id);
  }

  async attempt(id: LoginId, limit: { perLogin: number; perCard: number }): Promise<Attempt> {
    const login = this.#logins.get(id);
    const card = login && this.#cards.get(login.serial);
    if (!card || login.finished || login.attempts >= limit.perLogin) return { outcome: 'login-ended' };
    if (card.wrongInARow >= limit.perCard) return { outcome: 'card-blocked' };
    if (card.wrongInARow + card.pending >= limit.perCard) return { outcome: 'card-busy' };
    const attempts = login.attempts + 1;
    const pending = card.pending + 1;
    this.#logins.set(id, { ...login, attempts });
    this.#cards.set(card.serial, { ...card, pending });
    return { outcome: 'counted', attempts, wrongInARow: card.wrongInARow + pending };
  }

  async fail(id: LoginId): Promise<void> {
    const login = this.#logins.get(id);
    const card = login && this.#cards.get(login.serial);
    if (!card || card.pending === 0) return;
    const { pending, wrongInARow } = card;
    this.#cards.set(card.serial, { ...card, pending: pending - 1, wrongInARow: wrongInARow + 1 });
  }

  async finish(id: LoginId, session: SessionRecord): Promise<boolean> {
    const login = this.#logins.get(id);
    if (!login || login.finished) return false;
    this.#logins.set(id, { ...login, finished: true });
    this.#sessions.set(session.tokenHash, session);
    const card = this.#cards.get(login.serial);
    // Other answers of the card that are still being checked stay pending, to be counted if they are wrong.
    return this.#clearCounts(login.serial, Math.max(0, (card?.pending ?? 0) - 1));
  }

  async session(tokenHash: string): Promise<SessionRecord | undefined> {
    return this.#sessions.get(tokenHash);
  }

  async endSession(tokenHash: string): Promise<void> {
    this.#sessions.delete(tokenHash);
  }

  async forget(time: number): Promise<void> {
    dropExpired(this.#logins, time);
    dropExpired(this.#sessions, time);
  }

  #clearCounts(serial: string, pending: number): boolean {
    const card = this.#cards.get(serial);
    if (!card) return false;
    this.#cards.set(serial, { ...card, wrongInARow: 0, pending });
    this.#unfinished.delete(card.user);
    return true;
  }
}

/** Records stand in the order they were added, which is nearly that of their expiry: look no further than needed. */
function dropExpired<Id>(records: Map<Id, { readonly expiresAt: number }>, time: number): void {
  for (const [id, { expiresAt }] of records) {
    if (expiresAt >= time) return;
    records.delete(id);
  }
}
