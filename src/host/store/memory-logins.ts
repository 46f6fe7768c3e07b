// What becomes of logins in memory: begun, answered wrong, answered right.
import { CHECKED, statesBefore } from '../device-life.ts';
import type { LoginId } from '../login-id.ts';
import type { MemoryRecords } from './memory-records.ts';
import type { LoginRecord, Opening, OpeningTerms, Right, RightAnswer, Wrong } from './store.ts';
import { AHEAD, notAhead, unfinished } from './unfinished.ts';

export function openLogin(
  records: MemoryRecords,
  login: LoginRecord,
  { max, window, ifPassword }: OpeningTerms,
): Opening {
  const { serial, challenge } = login;
  const { issuedAt } = login;
  const theirs = [...records.logins.values()].filter(
    (each) => each.user === login.user && each.issuedAt < issuedAt + AHEAD,
  );
  const newest = theirs.toSorted((one, other) => other.issuedAt - one.issuedAt).slice(0, max);
  const answered = theirs.filter(({ finished }) => finished).map(({ expiresAt }) => expiresAt);
  const since = Math.max(
    issuedAt - window,
    notAhead(records.forgivenAt.get(login.user), issuedAt),
    ...answered.map((at) => notAhead(at, issuedAt)),
  );
  const begun = unfinished(newest, since);
  if (begun.length >= max) return { outcome: 'too-many-logins', retryAt: Math.min(...begun) + window };
  if (!records.isStill(login.user, ifPassword)) return { outcome: 'password-changed' };
  if (serial !== undefined && challenge !== undefined && !records.takeChallenge(serial, challenge)) {
    return { outcome: 'challenge-used' };
  }
  records.logins.set(login.id, login);
  return { outcome: 'opened' };
}

export function countWrong(
  records: MemoryRecords,
  id: LoginId,
  limit: { perLogin: number; perDevice: number },
): Wrong {
  const login = records.logins.get(id);
  if (login?.serial === undefined || login.finished || login.attempts >= limit.perLogin) {
    return { outcome: 'login-ended' };
  }
  const attempts = login.attempts + 1;
  records.logins.set(id, { ...login, attempts });
  const device = records.devices.get(login.serial);
  if (!device || !CHECKED.includes(device.state) || device.wrongInARow >= limit.perDevice) {
    return { outcome: 'device-blocked' };
  }
  const wrongInARow = device.wrongInARow + 1;
  const blocked = wrongInARow >= limit.perDevice && statesBefore('block').includes(device.state);
  records.devices.set(device.serial, {
    ...device,
    wrongInARow,
    ...(blocked && { state: 'blocked' }),
  });
  return { outcome: 'counted', attempts, wrongInARow, blocked };
}

export function finish(
  records: MemoryRecords,
  id: LoginId,
  { at, from, perLogin, perDevice, session, sealed }: RightAnswer,
): Right {
  const login = records.logins.get(id);
  if (login?.serial === undefined || login.finished || login.attempts >= perLogin) {
    return { outcome: 'login-ended' };
  }
  if (at >= login.expiresAt) return { outcome: 'challenge-expired' };
  records.logins.set(id, { ...login, finished: true, expiresAt: at });
  const device = records.devices.get(login.serial);
  if (!device || device.state === 'blocked' || device.wrongInARow >= perDevice) {
    return { outcome: 'device-blocked' };
  }
  const isTheirs = records.users.get(login.user)?.secrets.has(login.serial) ?? false;
  if (!isTheirs || !from.includes(device.state) || device.revision !== login.revision) {
    return { outcome: 'device-changed' };
  }
  const activated = device.state !== 'active';
  const changes = device.state === 'lost' || sealed !== undefined;
  records.devices.set(device.serial, {
    ...device,
    state: 'active',
    wrongInARow: 0,
    activatedAt: device.activatedAt ?? at,
    revision: device.revision + (changes ? 1 : 0),
  });
  if (sealed !== undefined) records.give(device.serial, { user: login.user, sealed });
  if (activated) records.noteFactor(device.serial);
  if (session) records.sessions.set(session.tokenHash, session);
  return { outcome: 'finished', activated };
}
