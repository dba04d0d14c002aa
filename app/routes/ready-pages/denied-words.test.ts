import { describe, expect, test } from 'vitest';
import { deniedWords } from './denied-words.ts';

const agents = {
  chromeMac:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  edgeWindows:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
  firefox: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  safariMac:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
  safariPhone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
  chromePhone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1',
  android:
    'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
};

describe('how a device is allowed again', () => {
  test.each([
    ['chromeMac', 'switch Camera on', 'System Settings'],
    ['edgeWindows', 'switch Camera on', 'Windows Settings'],
    ['firefox', 'crossed-out camera', 'Try again'],
    ['safariMac', 'Settings for This Website', 'Camera'],
    ['safariPhone', 'Website Settings', 'Safari, Camera'],
    ['chromePhone', 'choose Chrome', 'Camera'],
    ['android', 'choose Permissions', 'phone’s own settings'],
  ] as const)('is said in the words of %s', (agent, first, second) => {
    const words = deniedWords('camera', agents[agent]);
    expect(words).toContain(first);
    expect(words).toContain(second);
  });

  test('names the device that it is about', () => {
    expect(deniedWords('microphone', agents.android)).toContain('allow Microphone');
  });
});
