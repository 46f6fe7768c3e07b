// The demo: a user and an administrator, whose data stand on the login screen for everybody to try.

/** What a person needs to know to log in to the demo. */
export interface Demo {
  readonly user: string;
  readonly password: string;
  readonly pin: string;
  /** An administrator with the same password, the same card and the same PIN. */
  readonly administrator: string;
}

/** No secret: it is shown, and every start of the app makes it anew. */
export const DEMO: Demo = { user: 'demo', password: 'demo-pass', pin: '1234', administrator: 'admin' };
