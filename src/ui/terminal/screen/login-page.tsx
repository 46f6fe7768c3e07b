// The pages of the login screen.
import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import type { LoginForm, Spot } from '../login/login-form.ts';
import { Button } from './button.tsx';
import { Countdown } from './countdown.tsx';
import { Field } from './field.tsx';
import { Panel } from './panel.tsx';
import { useStage } from './stage.ts';

/** The page the form is on. */
export function LoginPage({
  form,
  secondsLeft,
  focused,
}: {
  readonly form: LoginForm;
  readonly secondsLeft: number | undefined;
  /** Whether keys go to this page. */
  readonly focused: boolean;
}): ReactNode {
  const { text, palette } = useStage();
  const chosen = (spot: Spot): boolean => focused && !form.busy && form.at === spot;
  const button = (spot: Spot, label: string): ReactNode => (
    <Button spot={spot} label={label} chosen={chosen(spot)} />
  );

  switch (form.page) {
    case 'credentials':
      return (
        <>
          <Field spot="name" name={text('login.name')} line={form.name} chosen={chosen('name')} />
          <Field
            spot="password"
            name={text('login.password')}
            line={form.password}
            secret
            chosen={chosen('password')}
          />
          {button('submit', text('login.submit'))}
        </>
      );
    case 'code':
      return (
        <>
          <Challenge digits={form.login.challenge} secondsLeft={secondsLeft} />
          <Field spot="code" name={text('login.code')} line={form.code} chosen={chosen('code')} />
          <Box columnGap={2}>
            {button('submit', text('login.submit'))}
            {button('restart', text('login.restart'))}
          </Box>
        </>
      );
    case 'stuck':
      return (
        <Box flexDirection="column" rowGap={1}>
          {button('unblock', text('login.unblock'))}
          {button('restart', text('login.restart'))}
        </Box>
      );
    case 'inside':
      return (
        <Box flexDirection="column" rowGap={1}>
          <Text bold {...palette.good}>
            ✓ {text('login.welcome', { user: form.session.user })}
          </Text>
          {button('logout', text('login.logout'))}
        </Box>
      );
  }
}

function Challenge({
  digits,
  secondsLeft,
}: {
  readonly digits: string;
  readonly secondsLeft: number | undefined;
}): ReactNode {
  const { text, palette } = useStage();
  return (
    <Panel title={text('login.challenge')} focused={false} height={3} paddingX={1}>
      <Box justifyContent="space-between">
        <Text bold {...palette.accent}>
          {digits}
        </Text>
        <Countdown secondsLeft={secondsLeft} />
      </Box>
    </Panel>
  );
}
