import { LineChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import { ratingWords } from '#app/domain/goals/goal.schema.ts';
import type { GoalsView } from './view-goals.ts';

const COLORS = ['lectern.6', 'orange.6', 'teal.6', 'grape.6', 'yellow.7', 'gray.6'];
const DASHES = [undefined, '6 3', '2 3', '8 3 2 3'];

/** A line for each goal, from 1 to 5; told apart by colour and by dashes. */
export function GoalLines({ goals }: { goals: GoalsView }) {
  return (
    <LineChart
      h={240}
      data={goals.rows.map(({ label, ratings }) => ({ label, ...ratings }))}
      dataKey="label"
      series={goals.rated.map(({ id, title }, index) => {
        const dash = DASHES[index % DASHES.length];
        return {
          name: id,
          label: title,
          color: COLORS[index % COLORS.length] ?? 'gray.6',
          ...(dash ? { strokeDasharray: dash } : {}),
        };
      })}
      curveType="linear"
      connectNulls
      withDots
      tickLine="none"
      yAxisProps={{ domain: [1, 5], ticks: [1, 2, 3, 4, 5], width: 24, tickFormatter: String }}
      xAxisProps={{ interval: 'preserveStartEnd', minTickGap: 24 }}
      lineProps={{ isAnimationActive: false }}
      valueFormatter={(value) => `${value}, ${ratingWords[value - 1] ?? ''}`}
    />
  );
}
