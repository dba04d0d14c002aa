import { Checkbox, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import type { recordFields } from '#app/ui/record-answer.ts';
import { FormSection } from '#app/ui/record-form.tsx';

export const courseLabels = {
  name: 'Name',
  description: 'Description',
  price: 'Price for the whole course',
  capacity: 'Places',
  enrolUntil: 'Last day to enrol',
  inStorefront: 'Offered on the public page',
};

interface Props {
  fields: ReturnType<typeof recordFields>;
  currency: string;
  /** A price needs the billing by credits. */
  creditsUsable: boolean;
}

/** What a course is called and sold as; of a new one and of one that is there. */
export function CourseFields({ fields: { field, chosen }, currency, creditsUsable }: Props) {
  const price = field('price');
  return (
    <FormSection title="What it is">
      <TextInput {...field('name')} label={courseLabels.name} withAsterisk required autoComplete="off" />
      <Textarea
        {...field('description')}
        label={courseLabels.description}
        description="Families read it where they enrol"
        rows={3}
      />
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
        <TextInput {...field('capacity')} label={courseLabels.capacity} inputMode="numeric" withAsterisk required />
        <TextInput
          {...price}
          label={`${courseLabels.price}, ${currency}`}
          inputMode="decimal"
          description={
            creditsUsable
              ? 'Net. Empty: each session is charged by itself'
              : 'Needs the billing by credits, which is not switched on (Settings, Plugins). Leave it empty: each session is charged by itself'
          }
        />
        <TextInput
          {...field('enrolUntil')}
          type="date"
          label={courseLabels.enrolUntil}
          description="Binds families; the office may enrol later"
        />
      </SimpleGrid>
      <Checkbox name="inStorefront" label={courseLabels.inStorefront} defaultChecked={chosen('inStorefront', 'on')} />
    </FormSection>
  );
}
