// The app as a drawing: the card, the login screen, or both.
import { Box } from 'ink';
import type { ReactNode } from 'react';
import { CardPane } from './card-pane.tsx';
import { DeveloperPane } from './developer-pane.tsx';
import { Guide, Keys } from './footer.tsx';
import { OtherPane, Tabs, Title } from './header.tsx';
import { HelpPage } from './help-page.tsx';
import { CARD, footerRows } from './layout.ts';
import { LoginPane } from './login-pane.tsx';
import type { ScreenParts } from './screen-parts.ts';
import { useStage } from './stage.ts';

/** Cells between the panes, and the widest a login screen gets. */
const GAP = 1;
const WIDEST = 56;

/** @param props.columns, props.rows - size of the terminal; @param props.both - whether it takes both panes. */
export function DrawnScreen({
  columns,
  rows,
  both,
  ...parts
}: ScreenParts & { readonly columns: number; readonly rows: number; readonly both: boolean }): ReactNode {
  const { view } = parts;
  const footer = footerRows(columns, rows);
  const loginWidth = both ? Math.min(WIDEST, columns - CARD.columns - GAP) : CARD.columns;
  const width = both ? CARD.columns + GAP + loginWidth : CARD.columns;
  return (
    <Box flexDirection="column" alignItems="center" flexGrow={1}>
      <Box flexDirection="column" width={both ? width : columns} flexShrink={0}>
        {both ? (
          <Title {...parts} />
        ) : (
          <Tabs focus={view.focus}>
            <OtherPane {...parts} />
          </Tabs>
        )}
      </Box>
      <Box flexGrow={1} alignItems="center">
        {view.help ? (
          <HelpPage {...parts} width={both ? width : columns} height={rows - 2} />
        ) : (
          <Panes {...parts} both={both} loginWidth={loginWidth} width={columns} height={rows - 1 - footer} />
        )}
      </Box>
      <Box
        flexDirection="column"
        width={both ? width : columns}
        height={view.help ? 1 : footer}
        overflow="hidden"
        paddingX={1}
        flexShrink={0}
      >
        {view.help ? undefined : <Guide {...parts} />}
        <Keys {...parts} />
      </Box>
    </Box>
  );
}

/** The developer's view takes the place of the login; where only one pane is drawn, that of the card. */
function Panes({
  both,
  loginWidth,
  width,
  height,
  ...parts
}: ScreenParts & {
  readonly both: boolean;
  readonly loginWidth: number;
  readonly width: number;
  readonly height: number;
}): ReactNode {
  const { view } = parts;
  const inspects = view.developer && view.focus === 'card';
  if (inspects && !both) return <DeveloperPane {...parts} displayed={false} width={width} height={height} />;
  return (
    <Box columnGap={GAP}>
      {both || view.focus === 'card' ? <Card {...parts} /> : undefined}
      {inspects ? <DeveloperPane {...parts} displayed width={loginWidth} height={CARD.rows} /> : undefined}
      {(both && !inspects) || view.focus === 'login' ? <Login {...parts} width={loginWidth} /> : undefined}
    </Box>
  );
}

function Card({ profile, serial, line, touch, view, travel }: ScreenParts): ReactNode {
  const { text } = useStage();
  return (
    <CardPane
      title={profile.name}
      aside={travel.to === 'present' ? serial : text('developer.copy')}
      line={line}
      display={profile.display}
      holdTime={profile.times.hold}
      down={touch?.key}
      focused={view.focus === 'card'}
    />
  );
}

function Login({
  form,
  secondsLeft,
  demo,
  webPage,
  view,
  width,
}: ScreenParts & { readonly width: number }): ReactNode {
  return (
    <LoginPane
      form={form}
      secondsLeft={secondsLeft}
      demo={demo}
      webPage={webPage}
      focused={view.focus === 'login'}
      width={width}
      height={CARD.rows}
    />
  );
}
