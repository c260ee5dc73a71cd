import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Chromium of CHROMIUM_PATH, else the system's, else the one of the npm package, which needs nothing installed. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: await executablePath(), args: FLAGS });
}

async function executablePath(): Promise<string> {
  const installed = [process.env.CHROMIUM_PATH, '/usr/bin/chromium'].find((path) => path && existsSync(path));
  if (installed !== undefined) return installed;
  // Makes the package bring its own copies of the libraries that a bare system lacks; read when it is imported.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs20.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
}
