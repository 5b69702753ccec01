import { testPatternFamily } from '../pattern-family.contract.ts'
import { reclaim } from './reclaim.ts'

testPatternFamily(reclaim)
