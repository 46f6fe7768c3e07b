// The texts in English. Every other language has the same ones; the flow's wording is that of the card's makers.

export const en = {
  title: 'A Digital Security Card+ and its login screen',
  pane: { card: 'Card', login: 'Secure Login System' },
  tab: { card: 'Card', login: 'Login' },

  /** What to do next, by where the card is. */
  guide: {
    begin: 'Enter your user name and password on the login screen (Tab) as usual.',
    off: 'Turn on the card: press and hold “press” until PIN> appears.',
    hold: 'Keep holding…',
    selfTest: 'The card lights every segment of its display.',
    lowBattery: 'The battery is low. The card goes on by itself.',
    fault: 'The card has found a fault; “dsc card show” says what to do.',
    pin: 'Enter your {{digits}}-digit PIN (demo: {{pin}}), then press OK.',
    challenge: 'Enter the {{digits}}-digit Challenge Code from the login screen, then press OK.',
    response: 'Enter these digits as the Security Code on the login screen.',
    earlier: 'This response is for an earlier challenge: hold press to switch off, then on again.',
    refused: 'This response was refused: hold press to switch off, then on again.',
    credentials: 'Enter your user name and password as usual.',
    code: 'Operate the card with this Challenge Code, then enter its response here.',
    stuck: 'An administrator has to help.',
    inside: 'You are logged in.',
  },

  /** What keys do, in a word or two. */
  keys: {
    digits: 'digits',
    ok: 'OK',
    back: 'erase',
    press: 'press and hold',
    toLogin: 'login',
    toCard: 'card',
    help: 'help',
    mouseOff: 'turn mouse off',
    mouseOn: 'turn mouse on',
    quit: 'quit',
    next: 'next',
    submit: 'log in',
    choose: 'choose',
    fields: 'fields',
    restart: 'start over',
    cancel: 'cancel',
    anyKey: 'any key',
    otherKey: 'any other key',
    close: 'close',
    caret: 'caret',
    otherPane: 'card or login',
    suspend: 'suspend',
    everywhere: 'Both',
    /** Names of keys that have no sign. */
    enter: 'Enter',
    backspace: 'Backspace',
    tab: 'Tab',
    escape: 'Esc',
    ctrlC: 'Ctrl-C',
    ctrlZ: 'Ctrl-Z',
    space: 'Space',
    p: 'p',
  },

  login: {
    name: 'User name',
    password: 'Password',
    submit: 'Log in',
    challenge: 'Challenge Code',
    expiresIn: 'expires in {{time}}',
    code: 'Security Code',
    restart: 'Start over',
    checking: 'Checking…',
    welcome: 'Logged in as {{user}}.',
    logout: 'Log out',
    unblock: 'Administrator: unblock (demo)',
  },

  demo: {
    heading: 'Demo data',
    name: 'user name',
    password: 'password',
    pin: 'PIN',
  },

  notice: {
    empty: 'Fill this in first.',
    expired: 'The Challenge Code has expired. Start over with user name and password.',
    failure: 'Something went wrong here. Try again.',
    loggedOut: 'You have logged out.',
    unblocked: 'The card is unblocked. Log in again.',
    attemptsLeft_one: 'Wrong Security Code. {{count}} attempt left; operate the card again.',
    attemptsLeft_other: 'Wrong Security Code. {{count}} attempts left; operate the card again.',
    lastAttempt: 'Wrong Security Code, and no attempts left. Start over with user name and password.',
  },

  /** Refusals of the host, by code. */
  refusal: {
    credentials: 'User name or password is wrong. Enter both again.',
    noCard: 'This user has no card.',
    blocked: 'The card is blocked after too many wrong Security Codes. An administrator must unblock it.',
    busy: 'Other Security Codes for this card are being checked. Send yours again.',
    tooMany: 'Too many logins were begun and not finished. An administrator must unblock the card.',
    exhausted: 'There is no new Challenge Code for this card. It must be replaced.',
    ended: 'This login has ended. Start over with user name and password.',
    malformed: 'The Security Code is just the digits on the card’s display. Enter them again.',
    unsuitable: 'The host takes no card of this suite or PIN: operate it, but it cannot log in here.',
    other: 'The host refused: {{code}}.',
  },

  help: {
    heading: 'Help',
    step1: 'Enter user name and password on the login screen. If they are right, a Challenge Code appears.',
    step2: 'Turn on the card: press and hold “press” until PIN> appears. Enter your PIN, then press OK.',
    step3: 'When CHALLNG> appears, enter the Challenge Code, then press OK. A response appears.',
    step4: 'Enter the response as the Security Code on the login screen, and log in.',
    hold: '“press” takes two seconds. Where the terminal cannot tell when you let go of a key, it is held for you; any other key lets go.',
    mouse:
      'Click a button, or hold it with the mouse. To select text, switch the mouse off with m, or hold Shift.',
    pinNote: 'The card does not know your PIN: with a wrong one it shows a response all the same.',
  },

  /** The display and the buttons in words, for plain text and for screen readers. */
  words: {
    /** Stands before what it names. */
    label: '{{name}}: ',
    display: 'Display',
    off: 'off',
    allLit: 'all segments lit',
    entered_one: '{{prompt}}, {{count}} digit entered',
    entered_other: '{{prompt}}, {{count}} digits entered',
    back: 'back arrow',
    held: '{{button}}, held down',
    secret_one: '{{count}} character',
    secret_other: '{{count}} characters',
    empty: 'empty',
  },

  tooSmall:
    'This terminal is too small: {{columns}}×{{rows}}. At least {{leastColumns}}×{{leastRows}} is needed.',
} as const;
