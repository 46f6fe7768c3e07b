// A field to type into, as one line of text.
import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import type { Field } from '../login/login-form.ts';
import { countCharacters, type TextLine } from '../login/text-line.ts';
import { masked, TypedText } from './field.tsx';
import { useStage, useTarget } from './stage.ts';

/** Name and text; to a screen reader a secret is told by its length. */
export function PlainField({
  spot,
  name,
  line,
  secret = false,
  chosen,
}: {
  readonly spot: Field;
  readonly name: string;
  readonly line: TextLine;
  readonly secret?: boolean;
  readonly chosen: boolean;
}): ReactNode {
  const { text, palette } = useStage();
  const box = useTarget(`spot:${spot}`);
  const typed = secret ? text('words.secret', { count: countCharacters(line.text) }) : line.text;
  const spoken = `${text('words.label', { name })}${line.text === '' ? text('words.empty') : typed}`;
  return (
    <Box ref={box} aria-role="textbox" aria-label={spoken} aria-state={{ selected: chosen }}>
      <Text bold={chosen} {...(chosen ? palette.accent : palette.muted)}>
        {chosen ? '▸' : ' '} {text('words.label', { name })}
      </Text>
      <TypedText line={secret ? masked(line) : line} caret={chosen} />
    </Box>
  );
}
