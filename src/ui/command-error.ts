// What the command refuses. One class with a closed set of codes; each code has one exit status.

/** Exit statuses of the command: 0 is done. */
const EXIT_STATUS = {
  'wrong-use': 2,
  'bad-profile': 1,
  'no-card': 1,
  'card-exists': 1,
  'damaged-card': 1,
  'earlier-card': 1,
  'newer-card': 1,
  'wrong-passphrase': 1,
  'no-battery': 1,
  'no-response': 1,
  'bad-recording': 1,
  'other-display': 1,
  'file-exists': 1,
  'file-trouble': 1,
  'card-in-use': 1,
  'exposed-device-key': 1,
  'damaged-device-key': 1,
  'unsuitable-scrypt': 1,
  'folder-trouble': 1,
  'stream-trouble': 1,
  'refused-lines': 1,
  'no-user': 1,
  'no-device': 1,
  'no-database': 1,
  'database-trouble': 1,
  'missing-host-keys': 1,
  'exposed-host-keys': 1,
  'bad-host-keys': 1,
  'other-host-keys': 1,
  'keys-in-use': 1,
  'no-host-key': 1,
  'unopened-secrets': 1,
  'bad-audit-trail': 1,
  'bad-heads': 1,
} as const;

/** Why a command ended without doing what it was asked. */
export type CommandErrorCode = keyof typeof EXIT_STATUS;

/**
 * A refusal. The message is one sentence for a person: what, where, what to do next. It never repeats a key or a PIN.
 */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code: CommandErrorCode;

  constructor(code: CommandErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  /** What the process exits with: 1 refused or failed, 2 wrong use. */
  get exitStatus(): 1 | 2 {
    return EXIT_STATUS[this.code];
  }
}
