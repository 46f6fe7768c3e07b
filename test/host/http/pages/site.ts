// The pages as they are served, in virtual time, with users who have cards to operate.
import { pino } from 'pino';
import { createApp } from '../../../../src/host/http/app.ts';
import { createMetrics } from '../../../../src/host/http/metrics.ts';
import { isSecure, origin } from '../../../../src/host/http/origin.ts';
import { createPages } from '../../../../src/host/http/pages/pages.ts';
import {
  createHost,
  plainPasswords,
  type Host,
  type HostOptions,
  type NewUser,
} from '../../../../src/host/index.ts';
import { createScriptedCard, type ScriptedCard } from '../../../../src/ui/script/scripted-card.ts';
import { VirtualClock } from '../../../../src/ui/script/virtual-clock.ts';

export const PIN = '1234';

export const passwordOf = (user: string): string => `the password of ${user}`;

export interface Site {
  readonly app: ReturnType<typeof createApp>;
  readonly host: Host;
  readonly clock: VirtualClock;
  /** The card of a serial number. */
  readonly card: (serial: string) => ScriptedCard;
  /** Eight digits that are not the card's answer to this challenge. */
  readonly wrong: (serial: string, challenge: string) => string;
  /** A card that is not enrolled yet. */
  readonly newCard: (serial: string) => ScriptedCard;
}

export interface SiteOptions extends Partial<Omit<HostOptions, 'clock'>> {
  readonly tls?: boolean;
  /** More about some of the users. */
  readonly users?: Readonly<Record<string, Partial<NewUser>>>;
  readonly demo?: boolean;
}

/** A site with the cards named for each user. */
export async function site(
  cards: Readonly<Record<string, readonly string[]>> = { ann: ['DSC-A'] },
  { tls = false, users = {}, demo = false, ...options }: SiteOptions = {},
): Promise<Site> {
  const clock = new VirtualClock(Date.UTC(2026, 0, 1));
  const host = createHost({ clock, hasher: plainPasswords, ...options });
  const made = new Map<string, ScriptedCard>();
  const newCard = (serial: string): ScriptedCard => {
    const card = createScriptedCard({ serial });
    made.set(serial, card);
    return card;
  };
  const card = (serial: string): ScriptedCard => {
    const found = made.get(serial);
    if (!found) throw new Error(`site: there is no card ${serial}`);
    return found;
  };
  for (const [user, serials] of Object.entries(cards)) {
    await host.addUser({ name: user, password: passwordOf(user), balance: 600_000, ...users[user] });
    for (const serial of serials) await host.enrol({ user, pin: PIN, ...newCard(serial).enrolment });
  }

  const pages = createPages({
    host,
    clock,
    secure: isSecure,
    origin,
    demo: demo ? { user: 'ann', administrator: 'root', password: passwordOf('ann'), pin: PIN } : undefined,
  });
  const health = { ready: async () => {} };
  const log = pino({ level: 'silent' });
  return {
    app: createApp({ host, log, metrics: createMetrics(), clock, health, tls, pages }),
    host,
    clock,
    card,
    wrong: (serial, challenge) =>
      String((Number(card(serial).answer(PIN, challenge)) + 1) % 1e8).padStart(8, '0'),
    newCard,
  };
}
