import { readFileSync } from 'node:fs';
import { readEnvironment } from '../common/environment.ts';
import { start } from '../common/start.ts';
import { buildSink } from './app.ts';
import type { MailLogin } from './mail.ts';

const environment = readEnvironment();
const { mail: login } = JSON.parse(readFileSync(process.env['CLIENTS_FILE'] ?? '', 'utf8')) as {
  readonly mail: MailLogin;
};
const { app, openMail } = buildSink({
  maskinportenIssuer: environment.maskinportenIssuer,
  login,
  host: environment.host,
  mailPort: Number(process.env['SMTP_PORT']),
  publicUrl: () => environment.publicUrl,
});
const relay = await openMail();
app.addHook('onClose', () => relay.close());
await start('sink', app, environment, { mailPort: relay.port });
