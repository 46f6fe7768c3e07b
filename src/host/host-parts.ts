// What every part of the host works with.
import type { Random } from './challenges.ts';
import type { GuessableCheck } from './guessable.ts';
import type { PasswordHasher } from './passwords.ts';
import type { Policy } from './policy.ts';
import type { HostClock } from './reply-time.ts';
import type { Vault } from './sealing/vault.ts';
import type { Store } from './store/store.ts';

export interface HostParts {
  readonly clock: HostClock;
  readonly store: Store;
  readonly random: Random;
  readonly hasher: PasswordHasher;
  readonly guessable: GuessableCheck;
  readonly policy: Policy;
  readonly vault: Vault;
}
