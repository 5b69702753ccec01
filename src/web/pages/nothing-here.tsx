import { Text } from '@mantine/core'
import { PageTitle } from '../components/page-title.tsx'
import { useSay } from '../data/language.tsx'

/** Says that an address names nothing. */
export function NothingHere() {
  const say = useSay()
  return (
    <div>
      <PageTitle>{say('page.nothing-here')}</PageTitle>
      <Text>{say('page.gone')}</Text>
    </div>
  )
}
