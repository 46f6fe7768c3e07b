// What the screen is drawn from, at one moment.
import { DSC_PLUS, type Profile } from '../../../firmware/profiles.ts';
import type { Touch } from '../card/finger.ts';
import { FIRST_VIEW, type View } from '../controller.ts';
import type { Demo } from '../demo.ts';
import { startPage, type LoginForm } from '../login/login-form.ts';
import { BLANK, type Face } from '../hand/face.ts';
import type { Travel } from '../hand/hand.ts';
import type { Inspection } from '../hand/inspection.ts';
import type { Session } from '../session.ts';
import type { Readable } from '../store.ts';
import { useReadable } from './stage.ts';

/** The moment. */
export interface ScreenParts extends Face {
  readonly profile: Profile;
  /** Empty while the card is not read yet. */
  readonly serial: string;
  readonly challengeLength: number;
  readonly demo: Demo;
  /** Which card is in hand. */
  readonly travel: Travel;
  /** Whether there is an earlier moment of it to go back to. */
  readonly hasEarlier: boolean;
  /** The inside of the card, for whoever looks; undefined while the card is not read yet. */
  readonly inspection: Readable<Inspection> | undefined;
  /** Where the finger is. */
  readonly touch: Touch | undefined;
  readonly view: View;
  readonly form: LoginForm;
  /** Seconds the challenge has left, while one is shown. */
  readonly secondsLeft: number | undefined;
  /** The address of the host's pages, once there are any. */
  readonly webPage: string | undefined;
}

/** The present moment of a session; without one, the moment before anything has happened. */
export function useScreenParts(session: Session | undefined, demo: Demo): ScreenParts {
  const { card, hand, finger, controller, desk, webPage } = session ?? {};
  return {
    profile: card?.profile ?? DSC_PLUS,
    serial: card?.serial ?? '',
    ...useReadable(hand?.face ?? BEFORE.face),
    challengeLength: card?.challengeLength ?? 0,
    demo,
    travel: useReadable(hand?.travel ?? BEFORE.travel),
    hasEarlier: useReadable(hand?.hasEarlier ?? BEFORE.hasEarlier),
    inspection: hand?.inspection,
    touch: useReadable(finger?.touch ?? BEFORE.touch),
    view: useReadable(controller?.view ?? BEFORE.view),
    form: useReadable(desk?.form ?? BEFORE.form),
    secondsLeft: useReadable(desk?.secondsLeft ?? BEFORE.secondsLeft),
    webPage: useReadable(webPage ?? BEFORE.webPage),
  };
}

function unchanging<T>(value: T): Readable<T> {
  return { get: () => value, subscribe: () => () => {} };
}

const BEFORE = {
  face: unchanging(BLANK),
  travel: unchanging<Travel>({ to: 'present' }),
  hasEarlier: unchanging(false),
  touch: unchanging<Touch | undefined>(undefined),
  view: unchanging(FIRST_VIEW),
  form: unchanging(startPage()),
  secondsLeft: unchanging<number | undefined>(undefined),
  webPage: unchanging<string | undefined>(undefined),
};
