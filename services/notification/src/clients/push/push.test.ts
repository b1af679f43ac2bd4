import { expect, test } from 'vitest';
import { isPushService } from './index.ts';

const origins = ['https://fcm.googleapis.com', 'https://*.notify.windows.com'];

test.each([
  ['https://fcm.googleapis.com/fcm/send/x', true],
  ['https://wns2-par02p.notify.windows.com/w/?token=x', true],
  ['https://notify.windows.com/w', false],
  ['https://evil-notify.windows.com.example.test/w', false],
  ['https://wns.notify.windows.com:8443/w', false],
  ['http://wns.notify.windows.com/w', false],
  ['https://user@fcm.googleapis.com/x', false],
  ['http://127.0.0.1:4011/metrics', false],
  ['http://169.254.169.254/latest', false],
  ['file:///etc/passwd', false],
  ['', false],
])('a browser that says %s is pushed to: %s', (endpoint, is) => {
  expect(isPushService(origins, endpoint)).toBe(is);
});
