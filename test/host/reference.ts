// The host in as few words as possible: no hashing, no OCRA, no concurrency, no store. What it says, the host must say.

export const REFERENCE_POLICY = {
  challengeLifetime: 60_000,
  wrongAnswersPerLogin: 2,
  wrongAnswersPerDevice: 3,
  unfinishedLogins: { max: 4, window: 300_000 },
  triesPerUser: { free: 1000, pause: 1, longest: 1, window: 1 },
  replyTime: 1000,
};

/** Whether an answer is right, wrong, or of another form, is the script's to know. */
export type Kind = 'right' | 'wrong' | 'malformed';

interface ReferenceCard {
  readonly serial: string;
  readonly user: string;
  wrong: number;
}

interface ReferenceLogin {
  readonly card: ReferenceCard;
  readonly expiresAt: number;
  wrong: number;
  finished: boolean;
}

/** One host; `now` is the virtual time of each request. */
export class ReferenceHost {
  readonly cards: ReferenceCard[] = [];
  readonly logins: ReferenceLogin[] = [];
  #begun: { user: string; at: number }[] = [];

  addCard(user: string, serial: string): void {
    this.cards.push({ serial, user, wrong: 0 });
  }

  begin(user: string, passwordIsRight: boolean, now: number): string {
    const { challengeLifetime, wrongAnswersPerDevice, unfinishedLogins, replyTime } = REFERENCE_POLICY;
    const at = now + replyTime;
    if (!passwordIsRight) return 'bad-credentials';
    const cards = this.cards.filter((each) => each.user === user);
    if (cards.length === 0) return 'no-device';
    const card = cards.find(({ wrong }) => wrong < wrongAnswersPerDevice);
    if (!card) return 'device-blocked';
    const counted = this.#begun.filter(
      (each) => each.user === user && at - each.at < unfinishedLogins.window,
    );
    if (counted.length === unfinishedLogins.max) return 'too-many-logins';
    this.#begun.push({ user, at });
    this.logins.push({ card, expiresAt: at + challengeLifetime, wrong: 0, finished: false });
    return card.serial;
  }

  answer(login: ReferenceLogin, kind: Kind, now: number): string {
    if (kind === 'malformed') return 'malformed-response';
    if (login.finished || login.wrong === REFERENCE_POLICY.wrongAnswersPerLogin) return 'login-ended';
    if (now >= login.expiresAt) return 'challenge-expired';
    if (login.card.wrong === REFERENCE_POLICY.wrongAnswersPerDevice) return 'device-blocked';
    if (kind === 'wrong') {
      login.wrong++;
      login.card.wrong++;
      return 'wrong-response';
    }
    login.finished = true;
    this.unblock(login.card);
    return 'granted';
  }

  unblock(card: ReferenceCard): void {
    card.wrong = 0;
    this.#begun = this.#begun.filter(({ user }) => user !== card.user);
  }
}
