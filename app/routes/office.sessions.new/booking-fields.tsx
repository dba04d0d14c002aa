import { NativeSelect } from '@mantine/core';
import { minutesText } from '#app/ui/session-length.ts';

interface Tutor {
  id: string;
  name: string;
  subjectIds: string[];
}

/** Who teaches the subject first; the others can be chosen too, and the check says so. */
export function TutorOptions({ tutors, subjectId }: { tutors: readonly Tutor[]; subjectId: string }) {
  const option = ({ id, name }: { id: string; name: string }) => (
    <option key={id} value={id}>
      {name}
    </option>
  );
  const teaching = tutors.filter((tutor) => tutor.subjectIds.includes(subjectId));
  const others = tutors.filter((tutor) => !tutor.subjectIds.includes(subjectId));
  return (
    <>
      <option value="">Choose a tutor</option>
      {teaching.length > 0 ? (
        <>
          <optgroup label="Teach it">{teaching.map(option)}</optgroup>
          <optgroup label="Others">{others.map(option)}</optgroup>
        </>
      ) : (
        tutors.map(option)
      )}
    </>
  );
}

interface DurationProps {
  organisation: number[];
  program: { durations: number[] | null; defaultDuration: number | null } | undefined;
  all: readonly { durations: number[] | null }[];
  value: string;
  untouched: boolean;
  error: string | undefined;
}

/** The program's durations; before the script has loaded, every program's, since the program can still change. */
export function DurationField({ organisation, program, all, value, untouched, error }: DurationProps) {
  const every = [...organisation, ...all.flatMap(({ durations }) => durations ?? [])];
  const offered = program ? (program.durations ?? organisation) : every;
  const durations = [...new Set(offered)].sort((a, b) => a - b);
  const usual = program?.defaultDuration ?? durations.find((minutes) => minutes === 60) ?? durations[0];
  const initial = untouched && durations.includes(Number(value)) ? value : String(usual ?? '');
  return (
    <NativeSelect
      name="durationMinutes"
      label="Duration"
      defaultValue={initial}
      error={error}
      data={durations.map((minutes) => ({ value: String(minutes), label: minutesText(minutes) }))}
    />
  );
}
