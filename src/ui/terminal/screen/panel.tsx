// A frame with its title in the upper edge.
import { Box, Text, type BoxProps, type DOMElement } from 'ink';
import type { ReactNode, RefObject } from 'react';
import { useStage } from './stage.ts';

/** A frame; whether it has the focus shows in its colour and by a mark before its title. */
export function Panel({
  title,
  aside,
  focused,
  box,
  children,
  ...shape
}: Pick<BoxProps, 'width' | 'height' | 'paddingX' | 'paddingTop'> & {
  readonly title: string;
  /** Stands at the right end of the upper edge. */
  readonly aside?: string;
  readonly focused: boolean;
  /** Gets the box, to find clicks on it. */
  readonly box?: RefObject<DOMElement | null>;
  readonly children: ReactNode;
}): ReactNode {
  const { palette } = useStage();
  const frame = focused ? palette.focusedFrame : palette.frame;
  const frameText = focused ? palette.focusedFrameText : palette.frameText;
  return (
    <Box
      flexDirection="column"
      flexShrink={0}
      borderStyle="round"
      {...frame}
      {...shape}
      {...(box ? { ref: box } : {})}
    >
      <Box position="absolute" top={-1} left={1}>
        <Text {...frameText} bold={focused} wrap="truncate">
          {focused ? ` ▸ ${title} ` : ` ${title} `}
        </Text>
      </Box>
      {aside === undefined || aside === '' ? undefined : (
        <Box position="absolute" top={-1} right={1}>
          <Text {...frameText}> {aside} </Text>
        </Box>
      )}
      {children}
    </Box>
  );
}
