import { Group, Progress, SegmentedControl, Text, useMantineColorScheme, VisuallyHidden } from '@mantine/core'
import { message, say as sayIn, type Message } from '../../core/messages/message.ts'
import type { StatusDocument } from '../../http/contract.ts'
import { useLanguage, useSay } from '../data/language.tsx'
import { LabBar } from './lab-bar.tsx'
import { percentGone, timeOfDay } from '../data/time-text.ts'

function headline({ subject, replay, lab }: StatusDocument): Message {
  if (lab) return message('page.lab', { speed: lab.speed, isPaused: lab.isPaused })
  if (!replay) return message('page.patrolling', { subject })
  return replay.finished
    ? message('page.finished', { subject })
    : message('page.replaying', { subject, speed: replay.speed })
}

/** What is patrolled and how far, and how the page is to look. */
export function PageHeader({ status }: { status: StatusDocument | undefined }) {
  const say = useSay()
  const { language, choose } = useLanguage()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const span = status?.replay ?? status?.lab
  const gone = span ? percentGone(span.startsAt, span.endsAt, status?.observedAt ?? null) : undefined
  return (
    <header>
      <Group justify="space-between" gap="md">
        <Group gap="sm" wrap="nowrap">
          <img src="/icon.svg" alt="" width={30} height={30} />
          <div>
            <Text fw={650} fz="1.15rem">
              kubepatrol
            </Text>
            <Text size="sm" c="dimmed">
              {status ? (
                <>
                  {sayIn(headline(status), language)}
                  {status.observedAt === null ? '' : ` · ${timeOfDay(status.observedAt)} UTC`}
                </>
              ) : (
                say('page.loading')
              )}
            </Text>
          </div>
        </Group>
        <Group gap="sm">
          <VisuallyHidden id="language-label">{say('page.language')}</VisuallyHidden>
          <SegmentedControl
            size="xs"
            aria-labelledby="language-label"
            value={language}
            onChange={choose}
            data={[
              { value: 'en', label: 'English' },
              { value: 'zh-CN', label: '简体中文' },
            ]}
          />
          <VisuallyHidden id="colours-label">{say('page.colours')}</VisuallyHidden>
          <SegmentedControl
            size="xs"
            aria-labelledby="colours-label"
            value={colorScheme}
            onChange={setColorScheme}
            data={[
              { value: 'light', label: say('page.light') },
              { value: 'dark', label: say('page.dark') },
              { value: 'auto', label: say('page.auto') },
            ]}
          />
        </Group>
      </Group>
      {status?.lab ? <LabBar lab={status.lab} /> : null}
      {gone === undefined ? null : (
        <Progress value={gone} size={3} mt="sm" aria-label={say('page.progress')} transitionDuration={300} />
      )}
    </header>
  )
}
