import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dataFolder } from '../../src/ui/data-folder.ts';

describe('the folder for data', () => {
  test('is DSC_HOME, made absolute', async () => {
    expect(await dataFolder({ DSC_HOME: '/srv/cards', XDG_DATA_HOME: '/data' })).toBe('/srv/cards');
    expect(await dataFolder({ DSC_HOME: 'here' })).toBe(resolve('here'));
  });

  describe.runIf(process.platform === 'linux')('where DSC_HOME is not set, or empty', () => {
    test('is under XDG_DATA_HOME', async () => {
      expect(await dataFolder({ XDG_DATA_HOME: '/data' })).toBe('/data/dsc-plus');
      expect(await dataFolder({ DSC_HOME: '', XDG_DATA_HOME: '/data' })).toBe('/data/dsc-plus');
    });

    test.each([[{}], [{ XDG_DATA_HOME: '' }], [{ XDG_DATA_HOME: 'data' }]])(
      'and XDG_DATA_HOME is no absolute path, as in %j, is where the specification says',
      async (env) => {
        expect(await dataFolder(env)).toBe(join(homedir(), '.local', 'share', 'dsc-plus'));
      },
    );
  });
});
