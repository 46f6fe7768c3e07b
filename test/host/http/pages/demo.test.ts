// What the pages say where the service is the demo: one card for both of its users, and nobody else who could help.
import { describe, expect, it } from 'vitest';
import { site } from './site.ts';
import { visitor, type Visitor } from './visitor.ts';

/** One person with two user names and one card, as in the demo. */
async function withOneCard({ demo = true } = {}) {
  const person = { person: 'demo' };
  const here = await site(
    { ann: ['DSC-A'], root: [] },
    { demo, users: { ann: person, root: { ...person, role: 'administrator' } } },
  );
  await here.host.share('DSC-A', 'root');
  return here;
}

const said = async (who: Visitor, user: string): Promise<string> => (await who.enter(user)).html;

describe('the demo', () => {
  it('names its user and its administrator on the first page; a host of people’s own names nobody', async () => {
    const facts = (html: string) =>
      /<dl class="facts">.*?<\/dl>/s.exec(html)?.[0].replaceAll(/<[^>]+>/g, ' ');
    const page = await visitor(await withOneCard()).go('/');
    expect(facts(page.html)).toMatch(
      /User name\s+ann\s+Administrator\s+root\s+Password\s+the password of ann\s+PIN of the card\s+1234/,
    );
    expect(facts((await visitor(await withOneCard({ demo: false })).go('/')).html)).toBeUndefined();
  });

  it('says how to get back in after its only card was reported lost, and that is so', async () => {
    const here = await withOneCard();
    const [open, other] = [visitor(here), visitor(here)];
    await open.logIn('ann', 'DSC-A');
    await open.go('/devices/lost', { serial: 'DSC-A' });
    for (const user of ['ann', 'root']) {
      expect(await said(other, user)).toContain('Reactivate it in a session that is still open');
    }
    await open.answer(await open.go('/devices/found', { serial: 'DSC-A' }), 'DSC-A');
    expect((await other.logIn('root', 'DSC-A')).path).toBe('/home');
  });

  it('says who unblocks its only card', async () => {
    const here = await withOneCard();
    await here.host.moveDevice('DSC-A', 'block');
    expect(await said(visitor(here), 'ann')).toContain('The login screen in the terminal can unblock it');
  });

  it('alone says so: elsewhere an administrator is somebody else', async () => {
    const here = await withOneCard({ demo: false });
    await here.host.moveDevice('DSC-A', 'lose');
    expect(await said(visitor(here), 'ann')).toContain('An administrator must give you another');
  });
});
