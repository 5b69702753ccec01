// To be imported before what makes schemas: the worker's policy forbids to make code of text, and zod would try.
import { config } from 'zod'

config({ jitless: true })
