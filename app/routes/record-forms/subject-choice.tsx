import { Checkbox, Text } from '@mantine/core';
import styles from './tutor-form.module.css';

export interface SubjectWithLevels {
  id: string;
  name: string;
  levels: { id: string; name: string }[];
}

interface Props {
  subjects: SubjectWithLevels[];
  chosen: (name: string, value: string) => boolean;
  error: string | undefined;
}

/** What somebody teaches: a box a subject, and below a ticked one those of its levels. */
export function SubjectChoice({ subjects, chosen, error }: Props) {
  if (subjects.length === 0)
    return (
      <Text size="sm" c="dimmed">
        There are no subjects yet. Add them under Programs, Subjects.
      </Text>
    );
  return (
    <>
      <div className={styles.subjects} id="subjects" tabIndex={-1}>
        {subjects.map((subject) => (
          <div key={subject.id} className={styles.subject}>
            <Checkbox name="subjects" value={subject.id} label={subject.name} defaultChecked={chosen('subjects', subject.id)} />
            {subject.levels.length > 0 ? (
              // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw its frame around a few boxes
              <div className={styles.levels} role="group" aria-label={`Levels of ${subject.name}; none ticked: all of them`}>
                {subject.levels.map((level) => (
                  <Checkbox
                    key={level.id}
                    size="xs"
                    name="levels"
                    value={`${subject.id}:${level.id}`}
                    label={level.name}
                    defaultChecked={chosen('levels', `${subject.id}:${level.id}`)}
                  />
                ))}
              </div>
            ) : null}
          </div>
        ))}
      </div>
      <Text size="xs" c="dimmed">
        Without a level ticked, a subject is taught at every level.
      </Text>
      {error ? (
        <Text size="sm" c="var(--mantine-color-error)">
          {error}
        </Text>
      ) : null}
    </>
  );
}
