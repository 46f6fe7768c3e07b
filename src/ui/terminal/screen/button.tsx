// A button of the login screen.
import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import type { Spot } from '../login/login-form.ts';
import { useStage, useTarget } from './stage.ts';

/** A button on one line, inverse where Enter would work it. */
export function Button({
  spot,
  label,
  chosen,
}: {
  readonly spot: Spot;
  readonly label: string;
  readonly chosen: boolean;
}): ReactNode {
  const { palette } = useStage();
  const box = useTarget(`spot:${spot}`);
  return (
    <Box
      ref={box}
      height={1}
      flexShrink={0}
      aria-role="button"
      aria-label={label}
      aria-state={{ selected: chosen }}
    >
      <Text inverse={chosen} bold={chosen} {...(chosen ? palette.accent : {})}>
        [ {label} ]
      </Text>
    </Box>
  );
}
