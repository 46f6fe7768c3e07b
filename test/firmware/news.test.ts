import { beforeEach, expect, test } from 'vitest';
import { News } from '../../src/firmware/news.ts';

let news: News;
let heard: string[];
beforeEach(() => {
  news = new News();
  heard = [];
});

const hearAs = (name: string) => (text: string) => void heard.push(`${name} ${text}`);

test('all hear a text, in the order they subscribed, before anybody hears the next', () => {
  news.subscribe((text) => {
    if (text === 'one') news.announce('two');
  });
  news.subscribe(hearAs('a'));
  news.subscribe(hearAs('b'));
  news.announce('one');
  expect(heard).toEqual(['a one', 'b one', 'a two', 'b two']);
});

test('it is telling while a listener hears, and at no other time', () => {
  const telling: boolean[] = [];
  news.subscribe(() => void telling.push(news.telling));
  expect(news.telling).toBe(false);
  news.announce('one');
  expect(telling).toEqual([true]);
  expect(news.telling).toBe(false);
});

test('the first error reaches who announced, after all have heard everything', () => {
  news.subscribe((text) => {
    if (text === 'one') news.announce('two');
    throw new Error(`cannot bear ${text}`);
  });
  news.subscribe(hearAs('a'));
  expect(() => news.announce('one')).toThrow('cannot bear one');
  expect(heard).toEqual(['a one', 'a two']);
  expect(news.telling).toBe(false);
});

test('who subscribed twice hears twice, and each subscription ends alone', () => {
  const listener = hearAs('a');
  const end = news.subscribe(listener);
  news.subscribe(listener);
  news.announce('one');
  end();
  news.announce('two');
  expect(heard).toEqual(['a one', 'a one', 'a two']);
});
