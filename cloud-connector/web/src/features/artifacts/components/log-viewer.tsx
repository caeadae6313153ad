import { Button, Group, Loader, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem } from '@/components/api-problem';
import { type Artifact, linkTo } from '@/features/artifacts/api/artifacts';
import classes from '@/features/artifacts/artifacts.module.css';
import { formatBytes } from '@/lib/format-bytes';
import { Unavailable } from '@/lib/api-client';
import { useI18n } from '@/lib/i18n/i18n-context';

const PAGE_BYTES = 64 * 1024;

/** A text file, a page at a time: a large log is never fetched whole. */
export function LogViewer({ artifact }: { readonly artifact: Artifact }) {
  const { t } = useI18n();
  const size = artifact.size ?? 0;
  const last = Math.max(0, Math.ceil(size / PAGE_BYTES) - 1);
  const [page, setPage] = useState(0);
  const text = useQuery({
    queryKey: ['artifact-text', artifact.id, page],
    queryFn: () => readPage(artifact.id, page, size),
    staleTime: Infinity,
    placeholderData: (previous: string | undefined) => previous,
  });
  const from = page * PAGE_BYTES;
  const turn = (to: number, label: string) => (
    <Button
      size="compact-sm"
      variant="default"
      disabled={to < 0 || to > last || to === page}
      onClick={() => {
        setPage(to);
      }}
    >
      {label}
    </Button>
  );
  return (
    <>
      {text.error instanceof Unavailable ? (
        <ApiProblem error={text.error.reason} />
      ) : text.data === undefined ? (
        <Loader aria-label={t('table.loading')} />
      ) : (
        <pre className={classes.log} data-testid="log-text" key={page}>
          {text.data}
        </pre>
      )}
      <Group gap="xs" mt="xs">
        {turn(0, t('artifact.first'))}
        {turn(page - 1, t('artifact.previous'))}
        {turn(page + 1, t('artifact.next'))}
        {turn(last, t('artifact.last'))}
        <Text size="xs" c="var(--console-text-2)" ml="auto" data-testid="log-place">
          {t('artifact.place', {
            from: formatBytes(from),
            to: formatBytes(Math.min(size, from + PAGE_BYTES)),
            size: formatBytes(size),
          })}
        </Text>
      </Group>
    </>
  );
}

async function readPage(id: string, page: number, size: number): Promise<string> {
  if (size === 0) {
    return '';
  }
  const link = await linkTo(id, false);
  if (!link.ok) {
    throw new Unavailable(link.error);
  }
  const from = page * PAGE_BYTES;
  const to = Math.min(size, from + PAGE_BYTES) - 1;
  const answer = await fetch(link.value.url, { headers: { Range: `bytes=${String(from)}-${String(to)}` } });
  if (!answer.ok) {
    throw new Unavailable({ kind: 'unreachable' });
  }
  // a character that lies across two pages shows as a replacement mark
  return new TextDecoder().decode(await answer.arrayBuffer());
}
