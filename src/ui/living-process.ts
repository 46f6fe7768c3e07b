// Whether a process is there.
import { hasCode } from './system-error.ts';

/** Whether there is a process of that number; by now it may be another than the one that wrote the number down. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
}
