// The stage: what every part of the screen needs and none should have to be handed: texts, colours, and where clicks land.
import { measureElement, type DOMElement } from 'ink';
import { createContext, use, useEffect, useRef, useSyncExternalStore, type RefObject } from 'react';
import type { Texts } from '../../text/texts.ts';
import type { Readable } from '../store.ts';
import type { Target, Targets } from '../targets.ts';
import type { Palette } from './palette.ts';

/** What surrounds every part of the screen. */
export interface Stage {
  readonly text: Texts;
  readonly palette: Palette;
  readonly targets: Targets;
}

/** Gives the stage to everything within. */
export const StageContext = createContext<Stage | undefined>(undefined);

/** The stage. */
export function useStage(): Stage {
  const stage = use(StageContext);
  if (!stage) throw new Error('the screen is drawn without its stage');
  return stage;
}

/** The present value of a store; draws anew when it changes. */
export function useReadable<T>(store: Readable<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}

/** Makes a box a target: the ref is to be put on it. */
export function useTarget(target: Target): RefObject<DOMElement | null> {
  const { targets } = useStage();
  const box = useRef<DOMElement>(null);
  useEffect(
    () =>
      targets.add(target, () =>
        box.current ? measureElement(box.current) : { x: 0, y: 0, width: 0, height: 0 },
      ),
    [targets, target],
  );
  return box;
}
