// A field to type into, with its name in the upper edge of its frame.
import { Text } from 'ink';
import type { ReactNode } from 'react';
import type { Field as FieldName } from '../login/login-form.ts';
import { countCharacters, lengthOfFirst, type TextLine } from '../login/text-line.ts';
import { useStage, useTarget } from './stage.ts';
import { Panel } from './panel.tsx';

/** What stands for a character of a secret. */
const DOT = '•';

/** A framed field. */
export function Field({
  spot,
  name,
  line,
  secret = false,
  chosen,
}: {
  readonly spot: FieldName;
  readonly name: string;
  readonly line: TextLine;
  readonly secret?: boolean;
  /** Whether what is typed goes here. */
  readonly chosen: boolean;
}): ReactNode {
  const box = useTarget(`spot:${spot}`);
  return (
    <Panel title={name} focused={chosen} box={box} height={3} paddingX={1}>
      <TypedText line={secret ? masked(line) : line} caret={chosen} />
    </Panel>
  );
}

/** What is typed, and where the next character goes. A text too long for its place shows its end. */
export function TypedText({
  line: { text, caret: position },
  caret,
}: {
  readonly line: TextLine;
  readonly caret: boolean;
}): ReactNode {
  const { palette } = useStage();
  if (!caret) return <Text wrap="truncate">{text === '' ? ' ' : text}</Text>;
  const after = text.slice(position);
  const under = after.slice(0, lengthOfFirst(after));
  return (
    <Text wrap="truncate-start">
      {text.slice(0, position)}
      <Text inverse {...palette.accent}>
        {under === '' ? ' ' : under}
      </Text>
      {after.slice(under.length)}
    </Text>
  );
}

/** A secret as dots, as many as it has characters. */
export function masked({ text, caret }: TextLine): TextLine {
  return {
    text: DOT.repeat(countCharacters(text)),
    caret: countCharacters(text.slice(0, caret)),
  };
}
