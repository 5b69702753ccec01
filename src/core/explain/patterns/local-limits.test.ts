import { testPatternFamily } from '../pattern-family.contract.ts'
import { localLimits } from './local-limits.ts'

testPatternFamily(localLimits)
