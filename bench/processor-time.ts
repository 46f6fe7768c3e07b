// What a process has cost so far.
import { readFileSync } from 'node:fs';

/** Clock ticks a second in /proc: USER_HZ, 100 on every Linux. */
const TICKS_PER_SECOND = 100;

/** Processor time of a process in user and system mode, in seconds: fields 14 and 15 of /proc/PID/stat (proc(5)). */
export function secondsOfProcessor(pid: number): number {
  // The second field is the program's name in parentheses, and may hold spaces.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
