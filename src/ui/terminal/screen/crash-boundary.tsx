// Where an error in drawing ends up: told to whoever ends the app, and not drawn, since Ink would draw its stack.
import { Component, type ReactNode } from 'react';

interface Props {
  readonly onCrash: (error: unknown) => void;
  readonly children?: ReactNode;
}

/** Draws its children until one throws, then nothing. */
export class CrashBoundary extends Component<Props, { readonly crashed: boolean }> {
  static getDerivedStateFromError(): { readonly crashed: boolean } {
    return { crashed: true };
  }

  override state = { crashed: false };

  override componentDidCatch(error: unknown): void {
    this.props.onCrash(error);
  }

  override render(): ReactNode {
    return this.state.crashed ? undefined : this.props.children;
  }
}
