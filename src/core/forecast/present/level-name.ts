import { message, type Message } from '../../messages/message.ts'
import type { ForecastLevel } from '../forecast-levels.ts'

/** What happens at a level, as a sentence. */
export function levelName({ id, kind, setting }: Pick<ForecastLevel, 'id' | 'kind' | 'setting'>): Message {
  if (id === 'full') return message('forecast.level-full')
  if (id === 'inodes-full') return message('forecast.level-inodes-full')
  if (id === 'image-gc') return message('forecast.level-image-gc', { setting })
  return message(kind === 'soft' ? 'forecast.level-soft' : 'forecast.level-hard', { signal: id, setting })
}
