// The demo: one user, whose data stand on the login screen for everybody to try.

/** What a person needs to know to log in to the demo. */
export interface Demo {
  readonly user: string;
  readonly password: string;
  readonly pin: string;
}

/** The one demo user. No secret: it is shown, and the host forgets it with the process. */
export const DEMO: Demo = { user: 'demo', password: 'demo-pass', pin: '1234' };
