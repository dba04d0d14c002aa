import { Button, Group } from '@mantine/core';
import { Link } from '@remix-run/react';
import styles from './wizard-steps.module.css';

export interface WizardStep {
  key: string;
  label: string;
  /** Undefined: not to be reached yet. */
  to: string | undefined;
  /** How many things wait there, or are to be looked at. */
  count?: number;
}

/** Where one is in a wizard; each step is an address of its own, so that back works. */
export function WizardSteps({ steps, current }: { steps: readonly WizardStep[]; current: string }) {
  const at = steps.findIndex((step) => step.key === current);
  return (
    <nav aria-label="Steps" className={styles.nav}>
      <ol className={styles.steps}>
        {steps.map((step, index) => (
          <li key={step.key} className={styles.step} data-state={index < at ? 'done' : index === at ? 'current' : 'next'}>
            {step.to && index !== at ? (
              <Link to={step.to} className={styles.link}>
                <StepText step={step} number={index + 1} />
              </Link>
            ) : (
              <span className={styles.link} aria-current={index === at ? 'step' : undefined}>
                <StepText step={step} number={index + 1} />
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

function StepText({ step, number }: { step: WizardStep; number: number }) {
  return (
    <>
      <span className={styles.number}>{number}</span>
      <span className={styles.label}>{step.label}</span>
      {step.count ? <span className={styles.count}>{step.count}</span> : null}
    </>
  );
}

/** Back and on, under a step. */
export function WizardFooter({ steps, current }: { steps: readonly WizardStep[]; current: string }) {
  const at = steps.findIndex((step) => step.key === current);
  const before = steps[at - 1];
  const next = steps[at + 1];
  return (
    <Group justify="space-between" mt="xl" className="no-print">
      {before?.to ? (
        <Button component={Link} to={before.to} variant="default">
          Back
        </Button>
      ) : (
        <span />
      )}
      {next?.to ? (
        <Button component={Link} to={next.to}>
          Next: {next.label}
        </Button>
      ) : null}
    </Group>
  );
}
