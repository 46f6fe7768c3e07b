// The login screen in words: a line for each field and button.
import { Box, Text, useIsScreenReaderEnabled } from 'ink';
import type { ReactNode } from 'react';
import type { LoginForm, Spot } from '../login/login-form.ts';
import { Button } from './button.tsx';
import { Countdown } from './countdown.tsx';
import { DemoData } from './demo-data.tsx';
import { NoticeLine } from './login-pane.tsx';
import { PlainField } from './plain-field.tsx';
import type { ScreenParts } from './screen-parts.ts';
import { useStage } from './stage.ts';

/** The page the form is on, what there is to say about it, and otherwise the demo's data. */
export function PlainLogin({ form, demo, webPage, secondsLeft }: ScreenParts): ReactNode {
  const isSpoken = useIsScreenReaderEnabled();
  const isQuiet = form.notice === undefined && !form.busy;
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Page form={form} secondsLeft={secondsLeft} />
      <NoticeLine form={form} />
      {isQuiet && form.page === 'credentials' ? (
        <DemoData demo={demo} webPage={webPage} brief={!isSpoken} />
      ) : undefined}
    </Box>
  );
}

function Page({ form, secondsLeft }: Pick<ScreenParts, 'form' | 'secondsLeft'>): ReactNode {
  const { text, palette } = useStage();
  const chosen = (spot: Spot): boolean => !form.busy && form.at === spot;
  switch (form.page) {
    case 'credentials':
      return (
        <>
          <PlainField spot="name" name={text('login.name')} line={form.name} chosen={chosen('name')} />
          <PlainField
            spot="password"
            name={text('login.password')}
            line={form.password}
            secret
            chosen={chosen('password')}
          />
          <Buttons form={form} spots={[['submit', text('login.submit')]]} />
        </>
      );
    case 'code':
      return (
        <>
          <Text>
            <Text {...palette.muted}>{text('words.label', { name: text('login.challenge') })}</Text>
            <Text bold>{form.login.challenge}</Text> <Countdown secondsLeft={secondsLeft} />
          </Text>
          <PlainField spot="code" name={text('login.code')} line={form.code} chosen={chosen('code')} />
          <Buttons
            form={form}
            spots={[
              ['submit', text('login.submit')],
              ['restart', text('login.restart')],
            ]}
          />
        </>
      );
    case 'stuck':
      return (
        <Buttons
          form={form}
          spots={[
            ['unblock', text('login.unblock')],
            ['restart', text('login.restart')],
          ]}
        />
      );
    case 'inside':
      return (
        <>
          <Text bold {...palette.good}>
            {text('login.welcome', { user: form.session.user })}
          </Text>
          <Buttons form={form} spots={[['logout', text('login.logout')]]} />
        </>
      );
  }
}

function Buttons({
  form,
  spots,
}: {
  readonly form: LoginForm;
  readonly spots: readonly (readonly [Spot, string])[];
}): ReactNode {
  return (
    <Box columnGap={1} flexWrap="wrap">
      {spots.map(([spot, label]) => (
        <Button key={spot} spot={spot} label={label} chosen={!form.busy && form.at === spot} />
      ))}
    </Box>
  );
}
