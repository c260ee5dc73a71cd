import { textOf } from './source-files.js';

const readme = textOf('README.md');

describe('README.md', () => {
  it('The README shows the custom grant exactly as the example that the tests run', () => {
    expect(readme).toContain(`\`\`\`ts\n${textOf('examples/custom-grant/voucher.grant.ts').trim()}\n\`\`\``);
  });

  it('The README starts with the two commands', () => {
    expect(readme.split('\n').slice(1, 5)).toEqual(['```', 'npm ci && npm start', 'npm ci && npm test', '```']);
  });
});
