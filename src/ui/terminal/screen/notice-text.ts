// What the login screen says beside its fields, in words.
import type { Texts } from '../../text/texts.ts';
import type { Notice } from '../login/login-form.ts';

/** The words of a notice, and whether it is good news. */
export interface NoticeText {
  readonly words: string;
  readonly good: boolean;
}

/** Says a notice in the texts' language. */
export function noticeText(notice: Notice, text: Texts): NoticeText {
  switch (notice.about) {
    case 'refusal':
      return { words: refusalText(notice, text), good: false };
    case 'other-card':
      return { words: text('notice.otherCard', { serial: notice.serial }), good: false };
    case 'none-in-hand':
      return { words: text('notice.noneInHand'), good: false };
    case 'empty':
      return { words: text('notice.empty'), good: false };
    case 'expired':
      return { words: text('notice.expired'), good: false };
    case 'failure':
      return { words: text('notice.failure'), good: false };
    case 'logged-out':
      return { words: text('notice.loggedOut'), good: true };
    case 'unblocked':
      return { words: text('notice.unblocked'), good: true };
  }
}

function refusalText({ code, attemptsLeft }: Notice & { about: 'refusal' }, text: Texts): string {
  switch (code) {
    case 'wrong-response':
      return attemptsLeft > 0
        ? text('notice.attemptsLeft', { count: attemptsLeft })
        : text('notice.lastAttempt');
    case 'bad-credentials':
      return text('refusal.credentials');
    case 'no-device':
      return text('refusal.noCard');
    case 'factor-needed':
      return text('refusal.factorNeeded');
    case 'device-blocked':
      return text('refusal.blocked');
    case 'too-many-tries':
      return text('refusal.tooManyTries');
    case 'too-many-logins':
      return text('refusal.tooMany');
    case 'challenges-exhausted':
      return text('refusal.exhausted');
    case 'unknown-login':
    case 'login-ended':
    case 'no-challenge':
    case 'challenge-put':
    case 'device-changed':
    case 'not-logged-in':
      return text('refusal.ended');
    case 'challenge-expired':
      return text('notice.expired');
    case 'malformed-response':
      return text('refusal.malformed');
    case 'malformed-body':
    case 'body-too-large':
      // Empty fields are not sent: what the schema refuses of the others is their length.
      return text('refusal.tooLong');
    case 'unsuitable-suite':
    case 'bad-pin':
      return text('refusal.unsuitable');
    default:
      // Nothing a person enters here leads to these.
      return text('refusal.other', { code });
  }
}
