import { testPatternFamily } from '../pattern-family.contract.ts'
import { volumes } from './volumes.ts'

testPatternFamily(volumes)
