import { causeMessages } from './causes.ts'
import { errorMessages } from './errors.ts'

/** Every sentence a person may read, each in every language. */
export const catalogue = { ...causeMessages, ...errorMessages }
