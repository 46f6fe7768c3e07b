// The app in words: where there is no room for a drawing, and for screen readers.
import { Box } from 'ink';
import type { ReactNode } from 'react';
import { Guide, Keys } from './footer.tsx';
import { OtherPane, Tabs } from './header.tsx';
import { HelpText } from './help-page.tsx';
import { PlainDeveloper } from './developer-pane.tsx';
import { PlainCard } from './plain-card.tsx';
import { PlainLogin } from './plain-login.tsx';
import type { ScreenParts } from './screen-parts.ts';

/** Text for a terminal of few columns or rows: the focused pane, and a line about the other. */
export function PlainScreen(parts: ScreenParts): ReactNode {
  const { view } = parts;
  if (view.help) {
    return (
      <Box flexDirection="column">
        <Keys {...parts} />
        <HelpText {...parts} />
      </Box>
    );
  }
  if (view.developer && view.focus === 'card') {
    return (
      <Box flexDirection="column" flexGrow={1}>
        <Tabs focus={view.focus} />
        <Box flexDirection="column" flexGrow={1} flexShrink={1} overflow="hidden">
          <PlainDeveloper {...parts} />
          <OtherPane {...parts} />
          <Guide {...parts} />
        </Box>
        <Box flexShrink={0}>
          <Keys {...parts} />
        </Box>
      </Box>
    );
  }
  return (
    <Box flexDirection="column" flexGrow={1}>
      <Tabs focus={view.focus} />
      {view.focus === 'card' ? <PlainCard {...parts} /> : <PlainLogin {...parts} />}
      <OtherPane {...parts} />
      <Box flexGrow={1} />
      <Guide {...parts} />
      <Keys {...parts} />
    </Box>
  );
}
