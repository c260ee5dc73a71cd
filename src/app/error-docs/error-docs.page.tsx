import { DescriptionList } from '../../ui/components/description-list.js';
import type { View } from '../../ui/view-renderer.js';
import type { DocumentedError } from './documented-errors.js';

interface ErrorDocsModel extends DocumentedError {
  readonly code: string;
}

/** For developers, and so in English on a page of any language. */
const TERMS = { means: 'What it means', cure: 'What to change', definedIn: 'Defined in' };

/** One error code: what it means and what to change. */
export const errorDocsPage: View<ErrorDocsModel> = {
  name: 'error-docs',
  title: ({ code }) => code,
  body: ({ code, means, cure, definedIn }, { language }) => (
    <>
      <h1>
        <code>{code}</code>
      </h1>
      <div lang={language.tag === 'en' ? undefined : 'en'} dir={language.tag === 'en' ? undefined : 'ltr'}>
        <DescriptionList
          entries={[
            [TERMS.means, means],
            [TERMS.cure, cure],
            ...(definedIn === undefined ? [] : [[TERMS.definedIn, definedIn] as const]),
          ]}
        />
      </div>
    </>
  ),
};
