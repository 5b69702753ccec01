import { testPatternFamily } from '../pattern-family.contract.ts'
import { orphanedPods } from './orphaned-pods.ts'

testPatternFamily(orphanedPods)
