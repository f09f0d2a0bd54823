import { describe, expect, it } from 'vitest';
import { endpointOf } from '../../../src/inspect/ai/endpoint.ts';

const asked = { url: 'https://openrouter.ai/api/v1', model: 'm', timeout_s: 1 };

describe('the endpoint of a model', () => {
  it('is where chat is, however much of its URL is named, with a key from the environment', () => {
    const env = { OPENROUTER_API_KEY: 'second', WARD_AI_KEY: 'first' };
    for (const url of ['https://openrouter.ai/api/v1', 'https://openrouter.ai/api/v1/', 'https://openrouter.ai/api/v1/chat/completions']) {
      const endpoint = endpointOf({ ...asked, url }, env);
      expect([endpoint.url.href, endpoint.key]).toEqual(['https://openrouter.ai/api/v1/chat/completions', 'first']);
    }
    expect(endpointOf(asked, { OPENROUTER_API_KEY: 'second' }).key).toBe('second');
  });

  it('needs no key on this machine', () => {
    expect(endpointOf({ ...asked, url: 'http://127.0.0.1:11434/v1' }, {}).key).toBeNull();
  });

  it.each([
    [{ ...asked, url: null }, {}, 2, 'no endpoint is named'],
    [{ ...asked, url: 'openrouter.ai' }, {}, 2, 'takes an http or https URL'],
    [{ ...asked, url: 'https://me:hunter2@openrouter.ai/v1' }, {}, 2, 'can be read by everybody'],
    [{ ...asked, model: null }, {}, 2, 'which model to ask'],
    [asked, {}, 2, 'no key is there for openrouter.ai'],
    [{ ...asked, url: 'http://openrouter.ai/api/v1' }, { WARD_AI_KEY: 'k' }, 6, 'in the clear'],
    [{ ...asked, url: 'http://127.0.0.1.evil.example/v1' }, { WARD_AI_KEY: 'k' }, 6, 'in the clear'],
  ])('is refused where it is wrong: %j', (words, env, exit, message) => {
    let refusal: unknown = null;
    try {
      endpointOf(words, env);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toMatchObject({ exit, message: expect.stringContaining(message) });
    expect((refusal as { next: string }).next).not.toBe('');
    expect(JSON.stringify(refusal) + String(refusal)).not.toContain('hunter2');
  });
});
