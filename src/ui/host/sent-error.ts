// Errors on their way from one thread to another: of a class of their own only names and text would arrive.
import { HostError, type HostErrorCode, type HostErrorDetails } from '../../host/error.ts';
import { CommandError, type CommandErrorCode } from '../command-error.ts';

/** An error as it is sent. */
export type SentError =
  | { readonly kind: 'host'; readonly code: HostErrorCode; readonly details: HostErrorDetails }
  | { readonly kind: 'command'; readonly code: CommandErrorCode; readonly message: string }
  | {
      readonly kind: 'other';
      readonly name: string;
      readonly message: string;
      readonly stack: string | undefined;
      /** What a database or the system calls it. */
      readonly codes: { readonly code?: string | number; readonly errcode?: number };
    };

export function sentError(error: unknown): SentError {
  if (error instanceof HostError) return { kind: 'host', code: error.code, details: error.details };
  if (error instanceof CommandError) return { kind: 'command', code: error.code, message: error.message };
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const { code, errcode }: { code?: unknown; errcode?: unknown } = Object(error);
  return {
    kind: 'other',
    name,
    message,
    stack,
    codes: {
      ...((typeof code === 'string' || typeof code === 'number') && { code }),
      ...(typeof errcode === 'number' && { errcode }),
    },
  };
}

/** The error that was sent, or one that says the same. */
export function receivedError(sent: SentError): Error {
  switch (sent.kind) {
    case 'host':
      return new HostError(sent.code, sent.details);
    case 'command':
      return new CommandError(sent.code, sent.message);
    case 'other': {
      const { name, message, stack, codes } = sent;
      const error = Object.assign(new Error(message), { name, ...codes });
      if (stack !== undefined) error.stack = stack;
      return error;
    }
  }
}
