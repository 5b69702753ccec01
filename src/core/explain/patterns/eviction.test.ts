import { testPatternFamily } from '../pattern-family.contract.ts'
import { eviction } from './eviction.ts'

testPatternFamily(eviction)
