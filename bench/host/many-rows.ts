// A bank with very many customers, whose rows are put into its database in bulk.
import { randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

/** As long as what the host makes of a password, and of a card's key and PIN. */
const PASSWORD = `$scrypt$ln=17,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`;
const SUITE = 'OCRA-1:HOTP-SHA1-8:QN06-PSHA1';
/** Nonce, one byte for the key's length, key, PIN hash, tag. */
const SEALED_BYTES = 24 + 1 + 20 + 20 + 16;

/**
 * Adds users with an active card each, numbered from `first`. Nobody can log in as them: their cards' secrets are random
 * bytes of the true length. To be done while nobody else has the database open.
 */
export function addRows(file: string, first: number, count: number): void {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -262144; BEGIN');
  const user = database.prepare(
    `INSERT INTO users (name, password, password_cost, role, disabled, balance, person, had_factor)
     VALUES (?, '${PASSWORD}', 0, 'user', 0, 0, NULL, 1)`,
  );
  const device = database.prepare(
    `INSERT INTO devices (serial, kind, suite, key_hash, state, requested_at, mailed_at, activated_at, wrong_in_a_row, revision)
     VALUES (?, 'card', '${SUITE}', ?, 'active', ?, ?, ?, 0, 0)`,
  );
  const holding = database.prepare(
    'INSERT INTO holdings (user_name, serial, sealed, position) VALUES (?, ?, ?, 1)',
  );
  const at = Date.now();
  // The hashes of keys are random, so their index is the slowest to fill; in order, it costs nothing.
  for (let index = 0; index < count; index++) {
    const number = String(first + index).padStart(9, '0');
    const secret = randomBytes(SEALED_BYTES);
    const hash = Buffer.concat([inOrder(first + index), secret.subarray(0, 28)]);
    user.run(`user-${number}`);
    device.run(`DSC-${number}`, hash, at, at, at);
    holding.run(`user-${number}`, `DSC-${number}`, `1.k1.${secret.toString('base64url')}`);
  }
  database.exec('COMMIT');
  database.close();
}

/** The beginning of a hash, such that hashes come in order. */
function inOrder(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return bytes;
}
