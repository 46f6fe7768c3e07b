// The login screen: one page at a time, what there is to say about it, and the demo's data.
import { Box, type BoxProps } from 'ink';
import type { ReactNode } from 'react';
import type { Demo } from '../demo.ts';
import type { LoginForm } from '../login/login-form.ts';
import { DemoData } from './demo-data.tsx';
import { LoginPage } from './login-page.tsx';
import { noticeText } from './notice-text.ts';
import { Panel } from './panel.tsx';
import { Prose } from './prose.tsx';
import { useStage, useTarget } from './stage.ts';

/** The login screen in its frame. */
export function LoginPane({
  form,
  secondsLeft,
  demo,
  webPage,
  focused,
  ...size
}: Pick<BoxProps, 'width' | 'height'> & {
  readonly form: LoginForm;
  readonly secondsLeft: number | undefined;
  readonly demo: Demo;
  readonly webPage: string | undefined;
  readonly focused: boolean;
}): ReactNode {
  const { text } = useStage();
  const box = useTarget('pane:login');
  return (
    <Panel title={text('pane.login')} focused={focused} box={box} paddingX={1} paddingTop={1} {...size}>
      <Box flexDirection="column" flexShrink={0}>
        <LoginPage form={form} secondsLeft={secondsLeft} focused={focused} />
      </Box>
      <Box flexDirection="column" flexGrow={1} justifyContent="center">
        <NoticeLine form={form} />
      </Box>
      <DemoData demo={demo} webPage={webPage} />
    </Panel>
  );
}

/** What the screen says beside its fields. */
export function NoticeLine({ form: { busy, notice } }: { readonly form: LoginForm }): ReactNode {
  const { text, palette } = useStage();
  if (busy) return <Prose {...palette.accent}>{text('login.checking')}</Prose>;
  if (!notice) return undefined;
  const { words, good } = noticeText(notice, text);
  return <Prose {...(good ? palette.good : palette.bad)}>{words}</Prose>;
}
