import { ROUTES } from '../../../common/http/routes.js';
import { Button, ButtonLink } from '../../../ui/components/button.js';
import { Form } from '../../../ui/components/form.js';
import type { View } from '../../../ui/view-renderer.js';
import { AddressView } from './address-view.js';
import { CheckList } from './check-list.js';
import { ExchangeView } from './exchange-view.js';
import type { Chapter } from './run.js';
import { Stepper } from './stepper.js';
import { TokenView } from './token-view.js';

/** A button of a step. */
export interface Offer {
  readonly step: string;
  readonly label: string;
  readonly hint?: string | undefined;
}

/** One chapter of a run, and the steps that can follow. */
export interface RunPageModel {
  readonly sealedRun: string;
  readonly chapter: Chapter;
  readonly taken: readonly string[];
  /** The first is the next step; the others were taken before and can be taken again. */
  readonly waysOn: readonly Offer[];
  readonly lessons: readonly Offer[];
}

const FORM = 'run';

/** Shows the latest step of a run: its checks, tokens, requests and responses. */
export const runPage: View<RunPageModel> = {
  name: 'playground-run',
  width: 'wide',
  title: ({ chapter }) => chapter.title,
  body: ({ sealedRun, chapter, taken, waysOn, lessons }, { csrfToken, paths }) => (
    <div class="playground">
      <Stepper current={chapter.step} taken={taken} form={FORM} />
      <article class="flow">
        <header class="flow">
          <h1>{chapter.title}</h1>
          <p class="lead">{chapter.summary}</p>
        </header>
        {chapter.checks && <CheckList checks={chapter.checks} />}
        <Form id={FORM} action={paths.to(ROUTES.playgroundRun)} csrfToken={csrfToken} hidden={{ run: sealedRun }}>
          <div class="actions">
            {waysOn.map(({ step, label }, index) => (
              <Button kind={index === 0 ? 'primary' : 'secondary'} name="step" value={step}>
                {label}
              </Button>
            ))}
            <ButtonLink href={paths.to(ROUTES.playground)} kind={waysOn.length === 0 ? 'primary' : 'secondary'}>
              Start again
            </ButtonLink>
          </div>
        </Form>
        {chapter.address && (
          <>
            <h2>What the browser carried</h2>
            <AddressView label="Address" address={chapter.address} parameters={chapter.parameters ?? []} />
          </>
        )}
        {chapter.tokens && (
          <>
            <h2>What the tokens say</h2>
            {chapter.tokens.map((token) => (
              <TokenView token={token} />
            ))}
          </>
        )}
        {chapter.exchanges && (
          <>
            <h2>On the wire</h2>
            {chapter.exchanges.map((exchange) => (
              <ExchangeView exchange={exchange} />
            ))}
          </>
        )}
        {lessons.length > 0 && (
          <section class="lessons flow">
            <h2>Break it</h2>
            <ul>
              {lessons.map(({ step, label, hint }) => (
                <li>
                  <Button kind="danger" form={FORM} name="step" value={step}>
                    {label}
                  </Button>
                  <p class="hint">{hint}</p>
                </li>
              ))}
            </ul>
          </section>
        )}
      </article>
    </div>
  ),
};
