import { testPatternFamily } from '../pattern-family.contract.ts'
import { diskErrors } from './disk-errors.ts'

testPatternFamily(diskErrors)
