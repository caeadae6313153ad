import { Text } from '@mantine/core';
import type { Json, JsonObject } from '@/features/commands/api/types';
import classes from '@/features/commands/commands.module.css';
import { useI18n } from '@/lib/i18n/i18n-context';

type Props = {
  readonly label: string;
  readonly values: JsonObject | null;
  readonly emptyText: string;
  /** What the same names stood for on the other side: a value that is not the same is marked. */
  readonly compare?: JsonObject | null;
};

/** The members of an object, one a row. */
export function ValueTable({ label, values, emptyText, compare }: Props) {
  const { t } = useI18n();
  const entries = Object.entries(values ?? {});
  if (entries.length === 0) {
    return (
      <Text size="sm" c="var(--console-text-2)">
        {emptyText}
      </Text>
    );
  }
  return (
    <table className={classes.values} aria-label={label}>
      <tbody>
        {entries.map(([name, value]) => {
          const differs =
            compare !== null && compare !== undefined && name in compare && !same(compare[name], value);
          return (
            <tr key={name} {...(differs && { 'data-tone': 'warn', title: t('command.differs') })}>
              <th scope="row">{name}</th>
              <td>
                <Value value={value} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Value({ value }: { value: Json }) {
  if (value === null) {
    return '–';
  }
  return typeof value === 'object' ? <pre>{JSON.stringify(value, null, 2)}</pre> : String(value);
}

function same(one: Json | undefined, other: Json): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
